-- Factors: what proves who one is beside the mailbox, by address; and tokens that are good once. Older code goes on without them.

-- Passkeys. The address is in small letters: what it opens is worked out anew at each request.
create table passkeys (
  id text primary key,
  address text not null check (address = lower(address)),
  credential_id text not null unique,
  public_key bytea not null,
  -- How often it was used, as the authenticator counts; many count nothing and say 0 for ever.
  sign_count bigint not null,
  transports jsonb not null,
  name text not null check (btrim(name) <> ''),
  added_at timestamptz not null,
  last_used_at timestamptz
);
create index passkeys_by_address on passkeys (address);

-- Authenticator apps: at most one an address.
create table authenticators (
  address text primary key check (address = lower(address)),
  -- Sealed with a key made of the installation's secret.
  secret text not null,
  -- The half minute of the last code that was taken: none counts twice.
  last_step bigint not null,
  added_at timestamptz not null,
  last_used_at timestamptz
);

-- Saved codes, each good once; only hashes are kept, and 80 random bits leave nothing to guess.
create table saved_codes (
  address text not null check (address = lower(address)),
  code_hash text not null,
  made_at timestamptz not null,
  used_at timestamptz,
  primary key (address, code_hash)
);

-- Tokens that may be shown once: hand-overs of the marketplace, challenges of passkeys, answers of an issuer.
create table used_tokens (
  kind text not null,
  token_hash text not null,
  -- From then on the token itself is refused, so that this row may go.
  expires_at timestamptz not null,
  primary key (kind, token_hash)
);
create index used_tokens_expired on used_tokens (expires_at);

-- Nobody reads these behind a wall of theirs: what is shown of them is said by machines of ours.
do $$
declare
  kept text;
begin
  foreach kept in array array['passkeys', 'authenticators', 'saved_codes', 'used_tokens']
  loop
    execute format('alter table %I enable row level security', kept);
    execute format($policy$create policy inside on %I
      using (wall() = 'inside') with check (wall() = 'inside')$policy$, kept);
    execute format('grant select, insert, update, delete on %I to recourse_app', kept);
  end loop;
end
$$;
