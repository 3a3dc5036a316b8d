/** The domain, its applications and people, and who may do what. */
export const people = `
CREATE TABLE iconik_domain(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;

CREATE TABLE iconik_app(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;

CREATE TABLE iconik_user(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  password_hash TEXT,
  is_mfa INTEGER NOT NULL DEFAULT 0,
  email TEXT AS (lower(document ->> 'email')),
  first_name TEXT AS (document ->> 'first_name'),
  last_name TEXT AS (document ->> 'last_name'),
  status TEXT AS (document ->> 'status'),
  date_created TEXT AS (document ->> 'date_created'),
  date_modified TEXT AS (document ->> 'date_modified')
) STRICT;
CREATE UNIQUE INDEX iconik_user_email ON iconik_user(email);

CREATE TABLE iconik_group(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  name TEXT AS (document ->> 'name'),
  date_created TEXT AS (document ->> 'date_created'),
  date_modified TEXT AS (document ->> 'date_modified')
) STRICT;

CREATE TABLE iconik_token(
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  app_id TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES iconik_user(id) ON DELETE CASCADE,
  purpose TEXT NOT NULL CHECK(purpose IN ('api', 'login', 'share')),
  guest TEXT,
  is_mfa INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX iconik_token_user ON iconik_token(user_id, purpose);
CREATE INDEX iconik_token_share ON iconik_token(guest ->> 'share_id', guest ->> 'share_user_id');

-- Hashed codes of a second factor that were mailed and not yet used.
CREATE TABLE iconik_otp(
  user_id TEXT PRIMARY KEY REFERENCES iconik_user(id) ON DELETE CASCADE,
  hash TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE iconik_external_auth(
  hash TEXT PRIMARY KEY,
  app_id TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES iconik_user(id) ON DELETE CASCADE,
  redirect_info TEXT,
  created_at INTEGER NOT NULL
) STRICT;

-- Who may do what with one object. An object without any is open to everybody in the domain.
CREATE TABLE iconik_acl(
  id INTEGER PRIMARY KEY,
  object_type TEXT NOT NULL,
  object_key TEXT NOT NULL,
  holder_type TEXT NOT NULL CHECK(holder_type IN ('users', 'groups', 'shares')),
  holder_id TEXT NOT NULL,
  permissions TEXT NOT NULL,
  -- The collection it came down from; null when it was given to the object itself.
  inherited_from TEXT,
  date_created TEXT NOT NULL,
  date_modified TEXT NOT NULL,
  UNIQUE(object_type, object_key, holder_type, holder_id)
) STRICT;
CREATE INDEX iconik_acl_holder ON iconik_acl(holder_id);
CREATE TABLE iconik_acl_template(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;

-- Settings of the domain, of groups and of users.
CREATE TABLE iconik_setting(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;
`
