"""What a person does beside typing, counted: clicks, keys that lead somewhere, pastes."""

from tests.browser.test_grid import PASTE


class Hands:
    def __init__(self, page):
        self.page, self.count = page, 0

    def click(self, locator):
        self.count += 1
        locator.click()

    def press(self, key):
        self.count += 1
        self.page.keyboard.press(key)

    def paste(self, text):
        self.count += 1
        self.page.evaluate(PASTE, text)
