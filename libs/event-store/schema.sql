-- The schema that the migrations make; written by "npm run schema -w @cordboard/event-store".

CREATE TABLE data_keys (
  key_id uuid NOT NULL,
  tenant text NOT NULL,
  session_id uuid NOT NULL,
  scope text NOT NULL,
  wrapped bytea,
  CONSTRAINT data_keys_pkey PRIMARY KEY (key_id)
);
CREATE INDEX data_keys_session ON public.data_keys USING btree (session_id);
GRANT INSERT, SELECT, UPDATE (wrapped) ON data_keys TO application;

CREATE TABLE data_subjects (
  tenant text NOT NULL,
  subject bytea NOT NULL,
  key_id uuid NOT NULL,
  CONSTRAINT data_subjects_pkey PRIMARY KEY (tenant, subject, key_id)
);
GRANT DELETE, INSERT, SELECT ON data_subjects TO application;

CREATE TABLE events (
  session_id uuid NOT NULL,
  seq integer NOT NULL,
  lane integer NOT NULL,
  wpos bigint NOT NULL,
  epoch integer NOT NULL,
  tenant text NOT NULL,
  type text NOT NULL,
  version smallint NOT NULL,
  target text NOT NULL,
  at timestamp(3) with time zone NOT NULL,
  name text,
  data jsonb NOT NULL,
  pii bytea,
  key_id uuid,
  meta jsonb NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT events_pkey PRIMARY KEY (session_id, seq),
  CONSTRAINT events_seq_check CHECK ((seq >= 1)),
  CONSTRAINT events_version_check CHECK ((version >= 1))
) PARTITION BY RANGE (session_id);
CREATE INDEX events_claims ON ONLY public.events USING btree (session_id, seq) WHERE (type = 'OwnershipClaimed'::text);
CREATE INDEX events_lane ON ONLY public.events USING btree (lane, wpos);
CREATE INDEX events_newer_versions ON ONLY public.events USING btree (session_id, version) WHERE (version > 1);
CREATE INDEX events_sessions ON ONLY public.events USING btree (tenant, session_id) WHERE (seq = 1);
GRANT INSERT, SELECT ON events TO application;

CREATE TABLE followers (
  name text NOT NULL,
  done integer NOT NULL,
  lanes jsonb NOT NULL,
  saved_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  CONSTRAINT followers_pkey PRIMARY KEY (name)
);
GRANT INSERT, SELECT, UPDATE ON followers TO application;

CREATE TABLE lanes (
  id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
  opened_by text NOT NULL,
  opened_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  closed_by text,
  closed_at timestamp(3) with time zone,
  last_wpos bigint,
  CONSTRAINT lanes_pkey PRIMARY KEY (id)
);
CREATE INDEX lanes_open ON public.lanes USING btree (id) WHERE (closed_at IS NULL);
GRANT INSERT, SELECT, UPDATE ON lanes TO application;

CREATE TABLE open_sessions (
  tenant text NOT NULL,
  processor text NOT NULL,
  agent_id text NOT NULL,
  session_id uuid NOT NULL,
  CONSTRAINT open_sessions_pkey PRIMARY KEY (tenant, processor, agent_id),
  CONSTRAINT open_sessions_session_id_key UNIQUE (session_id)
);
GRANT DELETE, INSERT, SELECT ON open_sessions TO application;

CREATE TABLE schema_migrations (
  id integer NOT NULL DEFAULT nextval('schema_migrations_id_seq'::regclass),
  "timestamp" bigint NOT NULL,
  name character varying NOT NULL,
  CONSTRAINT "PK_62441bec32630ced9e4cccae336" PRIMARY KEY (id)
);

CREATE TABLE snapshots (
  session_id uuid NOT NULL,
  tenant text NOT NULL,
  seq integer NOT NULL,
  schema text NOT NULL,
  body bytea NOT NULL,
  CONSTRAINT snapshots_pkey PRIMARY KEY (session_id),
  CONSTRAINT snapshots_seq_check CHECK ((seq >= 1)),
  CONSTRAINT snapshots_session_id_fkey FOREIGN KEY (session_id) REFERENCES open_sessions(session_id) ON DELETE CASCADE
);
GRANT DELETE, INSERT, SELECT, UPDATE ON snapshots TO application;

CREATE TABLE workers (
  id text NOT NULL,
  beat_at timestamp(3) with time zone NOT NULL,
  reads smallint NOT NULL DEFAULT 1,
  CONSTRAINT workers_pkey PRIMARY KEY (id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON workers TO application;
