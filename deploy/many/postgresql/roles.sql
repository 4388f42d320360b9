-- As postgres on the first primary; passwords in the environment, from roles.env. May be run again.
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
\getenv replication_password REPLICATION_PASSWORD
SELECT format('CREATE ROLE %I LOGIN', name)
FROM unnest(ARRAY['jamsostek_owner', 'jamsostek_app', 'jamsostek_replication']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE jamsostek_owner PASSWORD :'owner_password';
-- What it may do with rows is granted by `prepare` after each migration; it owns nothing but the databases of
-- practice rooms, for which it has CREATEDB. Without that nobody can practise, and all else works.
ALTER ROLE jamsostek_app NOSUPERUSER CREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'app_password';
ALTER ROLE jamsostek_replication REPLICATION PASSWORD :'replication_password';
SELECT $$CREATE DATABASE jamsostek OWNER jamsostek_owner ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0$$
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'jamsostek') \gexec
REVOKE ALL ON DATABASE jamsostek FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE jamsostek TO jamsostek_app;
-- Before pg_rewind the new primary must have noted on disk that it is one.
GRANT pg_checkpoint TO jamsostek_replication;
-- What pg_rewind reads, with which a primary that came back becomes a replica.
GRANT EXECUTE ON FUNCTION pg_ls_dir(text, boolean, boolean), pg_stat_file(text, boolean),
    pg_read_binary_file(text), pg_read_binary_file(text, bigint, bigint, boolean) TO jamsostek_replication;
