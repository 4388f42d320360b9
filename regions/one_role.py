"""A person as far as one of their roles goes: for what acts in their name without them."""

from regions.models import User


def in_one_role(user: User, assignment_id: int) -> User | None:
    """The person, holding this role alone; None where the account or the role does not hold today.

    A program acts only while the account of who answers for it is active.
    """
    held = [one for one in user.current_assignments if one.pk == assignment_id]
    is_kept = user.keeper is None or user.keeper.is_active
    if not user.is_active or not is_kept or not held:
        return None
    user.current_assignments = held
    return user
