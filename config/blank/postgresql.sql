-- Written by `python -m tests.blank`: what the migrations end in.
CREATE FUNCTION public.coding_codebook_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF OLD.published_at IS NOT NULL THEN RAISE EXCEPTION 'a published codebook never changes: load a new version' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.coding_codebook_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF OLD.published_at IS NOT NULL THEN RAISE EXCEPTION 'a published codebook never changes: load a new version' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.coding_operation_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'coding_operation is append-only: rows are never deleted' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.coding_operation_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'coding_operation is append-only: rows never change' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.coding_settlement_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'coding_settlement is append-only: rows are never deleted' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.coding_settlement_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'coding_settlement is append-only: rows never change' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.datasets_release_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF OLD.published_at IS NOT NULL THEN RAISE EXCEPTION 'a published release never changes: make a new version' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.datasets_release_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF OLD.published_at IS NOT NULL AND (COALESCE(CAST(NEW.project_id AS TEXT), '') <> COALESCE(CAST(OLD.project_id AS TEXT), '') OR COALESCE(CAST(NEW.version AS TEXT), '') <> COALESCE(CAST(OLD.version AS TEXT), '') OR COALESCE(CAST(NEW.creators AS TEXT), '') <> COALESCE(CAST(OLD.creators AS TEXT), '') OR COALESCE(CAST(NEW.licence AS TEXT), '') <> COALESCE(CAST(OLD.licence AS TEXT), '') OR COALESCE(CAST(NEW.description AS TEXT), '') <> COALESCE(CAST(OLD.description AS TEXT), '') OR COALESCE(CAST(NEW.publisher AS TEXT), '') <> COALESCE(CAST(OLD.publisher AS TEXT), '') OR COALESCE(CAST(NEW.address AS TEXT), '') <> COALESCE(CAST(OLD.address AS TEXT), '') OR COALESCE(CAST(NEW.released_on AS TEXT), '') <> COALESCE(CAST(OLD.released_on AS TEXT), '') OR COALESCE(CAST(NEW.changes AS TEXT), '') <> COALESCE(CAST(OLD.changes AS TEXT), '') OR COALESCE(CAST(NEW.year_rule AS TEXT), '') <> COALESCE(CAST(OLD.year_rule AS TEXT), '') OR COALESCE(CAST(NEW.span_rule AS TEXT), '') <> COALESCE(CAST(OLD.span_rule AS TEXT), '') OR COALESCE(CAST(NEW.anonymous_copy AS TEXT), '') <> COALESCE(CAST(OLD.anonymous_copy AS TEXT), '') OR COALESCE(CAST(NEW.checks AS TEXT), '') <> COALESCE(CAST(OLD.checks AS TEXT), '') OR COALESCE(CAST(NEW.built_from AS TEXT), '') <> COALESCE(CAST(OLD.built_from AS TEXT), '') OR COALESCE(CAST(NEW.parameters AS TEXT), '') <> COALESCE(CAST(OLD.parameters AS TEXT), '') OR COALESCE(CAST(NEW.records_sha256 AS TEXT), '') <> COALESCE(CAST(OLD.records_sha256 AS TEXT), '') OR COALESCE(CAST(NEW.manifest_sha256 AS TEXT), '') <> COALESCE(CAST(OLD.manifest_sha256 AS TEXT), '') OR COALESCE(CAST(NEW.made_by_id AS TEXT), '') <> COALESCE(CAST(OLD.made_by_id AS TEXT), '') OR COALESCE(CAST(NEW.made_at AS TEXT), '') <> COALESCE(CAST(OLD.made_at AS TEXT), '') OR COALESCE(CAST(NEW.built_at AS TEXT), '') <> COALESCE(CAST(OLD.built_at AS TEXT), '') OR COALESCE(CAST(NEW.published_by_id AS TEXT), '') <> COALESCE(CAST(OLD.published_by_id AS TEXT), '') OR COALESCE(CAST(NEW.published_at AS TEXT), '') <> COALESCE(CAST(OLD.published_at AS TEXT), '') OR NEW.state IN ('draft', 'checked') OR (OLD.state = 'withdrawn' AND (COALESCE(CAST(NEW.state AS TEXT), '') <> COALESCE(CAST(OLD.state AS TEXT), '') OR COALESCE(CAST(NEW.withdrawn_at AS TEXT), '') <> COALESCE(CAST(OLD.withdrawn_at AS TEXT), '') OR COALESCE(CAST(NEW.withdrawn_reason AS TEXT), '') <> COALESCE(CAST(OLD.withdrawn_reason AS TEXT), '')))) THEN RAISE EXCEPTION 'a published release never changes: make a new version' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.datasets_releasefile_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF OLD.frozen THEN RAISE EXCEPTION 'a published release never changes: make a new version' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.datasets_releasefile_refuses_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF EXISTS (SELECT 1 FROM datasets_release WHERE datasets_release.id = NEW.release_id AND datasets_release.published_at IS NOT NULL) THEN RAISE EXCEPTION 'a published release never changes: make a new version' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.datasets_releasefile_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF OLD.frozen THEN RAISE EXCEPTION 'a published release never changes: make a new version' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.datasets_waiver_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF EXISTS (SELECT 1 FROM datasets_release WHERE datasets_release.id = OLD.release_id AND datasets_release.published_at IS NOT NULL) THEN RAISE EXCEPTION 'a published release never changes: make a new version' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.datasets_waiver_refuses_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF EXISTS (SELECT 1 FROM datasets_release WHERE datasets_release.id = NEW.release_id AND datasets_release.published_at IS NOT NULL) THEN RAISE EXCEPTION 'a published release never changes: make a new version' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.datasets_waiver_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF EXISTS (SELECT 1 FROM datasets_release WHERE datasets_release.id = OLD.release_id AND datasets_release.published_at IS NOT NULL) THEN RAISE EXCEPTION 'a published release never changes: make a new version' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.projects_ledgerhead_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'a ledger only grows: its end never moves back' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.projects_ledgerhead_refuses_truncate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'projects_ledgerhead is append-only: it is never emptied' USING ERRCODE = 'integrity_constraint_violation'; END $$
--;
CREATE FUNCTION public.projects_ledgerhead_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NEW.n <= OLD.n OR NEW.chain <> OLD.chain OR NEW.project_id <> OLD.project_id OR NEW.id <> OLD.id THEN RAISE EXCEPTION 'a ledger only grows: its end never moves back' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.projects_ledgerline_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'projects_ledgerline is append-only: rows are never deleted' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.projects_ledgerline_refuses_truncate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'projects_ledgerline is append-only: it is never emptied' USING ERRCODE = 'integrity_constraint_violation'; END $$
--;
CREATE FUNCTION public.projects_ledgerline_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'projects_ledgerline is append-only: rows never change' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.reconciliation_assessment_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'reconciliation_assessment is append-only: rows are never deleted' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.reconciliation_assessment_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'reconciliation_assessment is append-only: rows never change' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.reconciliation_decision_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'reconciliation_decision is append-only: rows are never deleted' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.reconciliation_decision_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'reconciliation_decision is append-only: rows never change' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.reconciliation_distinction_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'reconciliation_distinction is append-only: rows are never deleted' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.reconciliation_distinction_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'reconciliation_distinction is append-only: rows never change' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.reconciliation_preference_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'reconciliation_preference is append-only: rows are never deleted' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.reconciliation_preference_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'reconciliation_preference is append-only: rows never change' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.reconciliation_proof_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'reconciliation_proof is append-only: rows are never deleted' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.reconciliation_proof_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (REPLACE(REPLACE(NEW.exact, '█', ''), '
', '') <> '' OR LENGTH(NEW.exact) <> LENGTH(OLD.exact)) OR COALESCE(CAST(NEW."id" AS TEXT), '') <> COALESCE(CAST(OLD."id" AS TEXT), '') OR COALESCE(CAST(NEW."decision_id" AS TEXT), '') <> COALESCE(CAST(OLD."decision_id" AS TEXT), '') OR COALESCE(CAST(NEW."start" AS TEXT), '') <> COALESCE(CAST(OLD."start" AS TEXT), '') OR COALESCE(CAST(NEW."end" AS TEXT), '') <> COALESCE(CAST(OLD."end" AS TEXT), '') THEN RAISE EXCEPTION 'a proof never changes, but that it is blackened when its document is taken down' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.reconciliation_regrouping_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'reconciliation_regrouping is append-only: rows are never deleted' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.reconciliation_regrouping_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'reconciliation_regrouping is append-only: rows never change' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.sources_alliancelist_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'sources_alliancelist is append-only: rows are never deleted' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.sources_alliancelist_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'sources_alliancelist is append-only: rows never change' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.sources_alliancemember_refuses_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF EXISTS (SELECT 1 FROM sources_alliancemember m WHERE m.alliance_id = NEW.alliance_id AND m.ccode = NEW.ccode  AND m.start <= COALESCE(NEW."end", '9999-12-31') AND NEW.start <= COALESCE(m."end", '9999-12-31')) THEN RAISE EXCEPTION 'spells of one member of an alliance do not overlap' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.sources_alliancemember_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF EXISTS (SELECT 1 FROM sources_alliancemember m WHERE m.alliance_id = NEW.alliance_id AND m.ccode = NEW.ccode AND m.id <> NEW.id AND m.start <= COALESCE(NEW."end", '9999-12-31') AND NEW.start <= COALESCE(m."end", '9999-12-31')) THEN RAISE EXCEPTION 'spells of one member of an alliance do not overlap' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.sources_outline_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'sources_outline is append-only: rows are never deleted' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.sources_outline_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'sources_outline is append-only: rows never change' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.sources_page_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'sources_page is append-only: rows are never deleted' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.sources_page_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF LENGTH(NEW.words) <> 0 OR CAST(NEW.furniture AS TEXT) <> '[]' OR COALESCE(CAST(NEW."id" AS TEXT), '') <> COALESCE(CAST(OLD."id" AS TEXT), '') OR COALESCE(CAST(NEW."text_id" AS TEXT), '') <> COALESCE(CAST(OLD."text_id" AS TEXT), '') OR COALESCE(CAST(NEW."number" AS TEXT), '') <> COALESCE(CAST(OLD."number" AS TEXT), '') OR COALESCE(CAST(NEW."start" AS TEXT), '') <> COALESCE(CAST(OLD."start" AS TEXT), '') OR COALESCE(CAST(NEW."end" AS TEXT), '') <> COALESCE(CAST(OLD."end" AS TEXT), '') OR COALESCE(CAST(NEW."width" AS TEXT), '') <> COALESCE(CAST(OLD."width" AS TEXT), '') OR COALESCE(CAST(NEW."height" AS TEXT), '') <> COALESCE(CAST(OLD."height" AS TEXT), '') OR COALESCE(CAST(NEW."rotation" AS TEXT), '') <> COALESCE(CAST(OLD."rotation" AS TEXT), '') OR COALESCE(CAST(NEW."crop_box" AS TEXT), '') <> COALESCE(CAST(OLD."crop_box" AS TEXT), '') OR COALESCE(CAST(NEW."state" AS TEXT), '') <> COALESCE(CAST(OLD."state" AS TEXT), '') THEN RAISE EXCEPTION 'a text never changes, but that all of it is blackened when its document is taken down' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.sources_ranges_with(tsquery) RETURNS TABLE(id bigint, document_id bigint)
    LANGUAGE sql STABLE
    SET enable_seqscan TO 'off'
    AS $_$SELECT id, document_id FROM sources_searchrange WHERE tokens @@ $1$_$
--;
CREATE FUNCTION public.sources_searchlog_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'sources_searchlog is append-only: rows are never deleted' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.sources_searchlog_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'sources_searchlog is append-only: rows never change' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.sources_section_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'sources_section is append-only: rows are never deleted' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.sources_section_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NEW.heading <> '' OR COALESCE(CAST(NEW."id" AS TEXT), '') <> COALESCE(CAST(OLD."id" AS TEXT), '') OR COALESCE(CAST(NEW."outline_id" AS TEXT), '') <> COALESCE(CAST(OLD."outline_id" AS TEXT), '') OR COALESCE(CAST(NEW."kind" AS TEXT), '') <> COALESCE(CAST(OLD."kind" AS TEXT), '') OR COALESCE(CAST(NEW."label" AS TEXT), '') <> COALESCE(CAST(OLD."label" AS TEXT), '') OR COALESCE(CAST(NEW."start" AS TEXT), '') <> COALESCE(CAST(OLD."start" AS TEXT), '') OR COALESCE(CAST(NEW."end" AS TEXT), '') <> COALESCE(CAST(OLD."end" AS TEXT), '') OR COALESCE(CAST(NEW."parent_id" AS TEXT), '') <> COALESCE(CAST(OLD."parent_id" AS TEXT), '') THEN RAISE EXCEPTION 'a text never changes, but that all of it is blackened when its document is taken down' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.sources_statelist_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'sources_statelist is append-only: rows are never deleted' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.sources_statelist_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'sources_statelist is append-only: rows never change' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE FUNCTION public.sources_text_refuses_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF true THEN RAISE EXCEPTION 'sources_text is append-only: rows are never deleted' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$
--;
CREATE FUNCTION public.sources_text_refuses_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (REPLACE(REPLACE(NEW.body, '█', ''), '
', '') <> '' OR LENGTH(NEW.body) <> OLD.length) OR CAST(NEW.metadata AS TEXT) <> '{}' OR CAST(NEW.warnings AS TEXT) <> '[]' OR COALESCE(CAST(NEW."id" AS TEXT), '') <> COALESCE(CAST(OLD."id" AS TEXT), '') OR COALESCE(CAST(NEW."document_id" AS TEXT), '') <> COALESCE(CAST(OLD."document_id" AS TEXT), '') OR COALESCE(CAST(NEW."n" AS TEXT), '') <> COALESCE(CAST(OLD."n" AS TEXT), '') OR COALESCE(CAST(NEW."sha256" AS TEXT), '') <> COALESCE(CAST(OLD."sha256" AS TEXT), '') OR COALESCE(CAST(NEW."length" AS TEXT), '') <> COALESCE(CAST(OLD."length" AS TEXT), '') OR COALESCE(CAST(NEW."blocks" AS TEXT), '') <> COALESCE(CAST(OLD."blocks" AS TEXT), '') OR COALESCE(CAST(NEW."reader" AS TEXT), '') <> COALESCE(CAST(OLD."reader" AS TEXT), '') OR COALESCE(CAST(NEW."reader_version" AS TEXT), '') <> COALESCE(CAST(OLD."reader_version" AS TEXT), '') OR COALESCE(CAST(NEW."parameters" AS TEXT), '') <> COALESCE(CAST(OLD."parameters" AS TEXT), '') OR COALESCE(CAST(NEW."language" AS TEXT), '') <> COALESCE(CAST(OLD."language" AS TEXT), '') OR COALESCE(CAST(NEW."has_astral" AS TEXT), '') <> COALESCE(CAST(OLD."has_astral" AS TEXT), '') OR COALESCE(CAST(NEW."made_at" AS TEXT), '') <> COALESCE(CAST(OLD."made_at" AS TEXT), '') THEN RAISE EXCEPTION 'a text never changes, but that all of it is blackened when its document is taken down' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$
--;
CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id bigint NOT NULL
)
--;
ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
)
--;
ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
)
--;
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
)
--;
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
)
--;
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.axes_accessattempt (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    get_data text NOT NULL,
    post_data text NOT NULL,
    failures_since_start integer NOT NULL,
    CONSTRAINT axes_accessattempt_failures_since_start_check CHECK ((failures_since_start >= 0))
)
--;
ALTER TABLE public.axes_accessattempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accessattempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.axes_accessattemptexpiration (
    access_attempt_id integer NOT NULL,
    expires_at timestamp with time zone NOT NULL
)
--;
CREATE TABLE public.axes_accessfailurelog (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    locked_out boolean NOT NULL
)
--;
ALTER TABLE public.axes_accessfailurelog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accessfailurelog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.axes_accesslog (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    logout_time timestamp with time zone,
    session_hash character varying(64) NOT NULL
)
--;
ALTER TABLE public.axes_accesslog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accesslog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.coding_assignment (
    id bigint NOT NULL,
    sitting smallint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(10) NOT NULL,
    version integer NOT NULL,
    outcome character varying(12) NOT NULL,
    outcome_reason text NOT NULL,
    queue_key character varying(64) NOT NULL,
    submitted_at timestamp with time zone,
    coder_id bigint NOT NULL,
    document_id bigint NOT NULL,
    text_id bigint NOT NULL,
    round_id bigint NOT NULL,
    given_at timestamp with time zone NOT NULL,
    is_gold boolean NOT NULL,
    reason text NOT NULL,
    taken_over_from_id bigint,
    CONSTRAINT coding_assignment_sitting_check CHECK ((sitting >= 0)),
    CONSTRAINT coding_assignment_version_check CHECK ((version >= 0)),
    CONSTRAINT submitted_says_when CHECK (((NOT ((state)::text = 'submitted'::text)) OR (submitted_at IS NOT NULL)))
)
--;
ALTER TABLE public.coding_assignment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coding_assignment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.coding_codebook (
    id bigint NOT NULL,
    n integer NOT NULL,
    title character varying(200) NOT NULL,
    source text NOT NULL,
    sha256 character varying(64) NOT NULL,
    published_at timestamp with time zone,
    made_at timestamp with time zone NOT NULL,
    project_id bigint NOT NULL,
    published_by_id bigint,
    CONSTRAINT codebook_published_when_and_by_whom CHECK ((((published_at IS NULL) AND (published_by_id IS NULL)) OR ((published_at IS NOT NULL) AND (published_by_id IS NOT NULL)))),
    CONSTRAINT coding_codebook_n_check CHECK ((n >= 0))
)
--;
ALTER TABLE public.coding_codebook ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coding_codebook_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.coding_codebooknote (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    type character varying(40) NOT NULL,
    field character varying(60) NOT NULL,
    words text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    codebook_id bigint NOT NULL,
    made_by_id bigint NOT NULL
)
--;
ALTER TABLE public.coding_codebooknote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coding_codebooknote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.coding_draftnote (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    type character varying(40) NOT NULL,
    field character varying(60) NOT NULL,
    words text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    version integer,
    reason text NOT NULL,
    done_by_id bigint,
    made_by_id bigint NOT NULL,
    project_id bigint NOT NULL,
    CONSTRAINT a_draft_note_is_open_written_in_or_dropped CHECK ((((done_at IS NULL) AND (done_by_id IS NULL) AND (reason = ''::text) AND (version IS NULL)) OR ((done_at IS NOT NULL) AND (done_by_id IS NOT NULL) AND (((reason = ''::text) AND (version IS NOT NULL)) OR ((version IS NULL) AND (NOT (reason = ''::text))))))),
    CONSTRAINT coding_draftnote_version_check CHECK ((version >= 0))
)
--;
ALTER TABLE public.coding_draftnote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coding_draftnote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.coding_event (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    own_id character varying(100) NOT NULL,
    type character varying(40) NOT NULL,
    "position" integer NOT NULL,
    "values" jsonb NOT NULL,
    whole_document jsonb NOT NULL,
    near_miss boolean NOT NULL,
    near_miss_reason character varying(60) NOT NULL,
    removed boolean NOT NULL,
    assignment_id bigint NOT NULL,
    CONSTRAINT coding_event_position_check CHECK (("position" >= 0))
)
--;
ALTER TABLE public.coding_event ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coding_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.coding_eventtemplate (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    name character varying(80) NOT NULL,
    type character varying(40) NOT NULL,
    "values" jsonb NOT NULL,
    kept_at timestamp with time zone NOT NULL,
    coder_id bigint NOT NULL,
    round_id bigint NOT NULL
)
--;
ALTER TABLE public.coding_eventtemplate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coding_eventtemplate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.coding_evidence (
    id bigint NOT NULL,
    field character varying(60) NOT NULL,
    event_id bigint NOT NULL,
    passage_id bigint NOT NULL
)
--;
ALTER TABLE public.coding_evidence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coding_evidence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.coding_exchange (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    direction character varying(3) NOT NULL,
    format character varying(20) NOT NULL,
    filename character varying(255) NOT NULL,
    sha256 character varying(64) NOT NULL,
    size bigint NOT NULL,
    options jsonb NOT NULL,
    told jsonb NOT NULL,
    state character varying(10) NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    project_id bigint NOT NULL,
    CONSTRAINT a_failed_exchange_says_why CHECK (((NOT ((state)::text = 'failed'::text)) OR (NOT (reason = ''::text)))),
    CONSTRAINT coding_exchange_size_check CHECK ((size >= 0))
)
--;
ALTER TABLE public.coding_exchange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coding_exchange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.coding_keychoice (
    id bigint NOT NULL,
    single_keys boolean NOT NULL,
    keys jsonb NOT NULL,
    user_id bigint NOT NULL
)
--;
ALTER TABLE public.coding_keychoice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coding_keychoice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.coding_manuscript (
    id bigint NOT NULL,
    text text NOT NULL,
    base character varying(64) NOT NULL,
    kept_at timestamp with time zone NOT NULL,
    person_id bigint NOT NULL,
    project_id bigint NOT NULL
)
--;
ALTER TABLE public.coding_manuscript ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coding_manuscript_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.coding_operation (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    n integer NOT NULL,
    kind character varying(30) NOT NULL,
    body jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    assignment_id bigint NOT NULL,
    by_id bigint NOT NULL,
    CONSTRAINT coding_operation_n_check CHECK ((n >= 0))
)
--;
ALTER TABLE public.coding_operation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coding_operation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.coding_origin (
    id bigint NOT NULL,
    format character varying(20) NOT NULL,
    place character varying(300) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL,
    assignment_id bigint NOT NULL,
    exchange_id bigint
)
--;
ALTER TABLE public.coding_origin ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coding_origin_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.coding_passage (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    start integer NOT NULL,
    "end" integer NOT NULL,
    exact text NOT NULL,
    before character varying(32) NOT NULL,
    after character varying(32) NOT NULL,
    assignment_id bigint NOT NULL,
    CONSTRAINT coding_passage_end_check CHECK (("end" >= 0)),
    CONSTRAINT coding_passage_start_check CHECK ((start >= 0)),
    CONSTRAINT passage_start_before_end CHECK ((start < "end"))
)
--;
ALTER TABLE public.coding_passage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coding_passage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.coding_question (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    public_id character varying(16) NOT NULL,
    event uuid,
    type character varying(40) NOT NULL,
    field character varying(60) NOT NULL,
    start integer,
    "end" integer,
    quote text NOT NULL,
    words text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    answer text NOT NULL,
    answered_at timestamp with time zone,
    read_at timestamp with time zone,
    answered_by_id bigint,
    assignment_id bigint NOT NULL,
    CONSTRAINT a_question_is_on_a_whole_passage CHECK (((("end" IS NULL) AND (start IS NULL)) OR (("end" IS NOT NULL) AND (start IS NOT NULL) AND (start < "end")))),
    CONSTRAINT answered_when_by_whom_and_what CHECK ((((answer = ''::text) AND (answered_at IS NULL) AND (answered_by_id IS NULL) AND (read_at IS NULL)) OR ((answered_at IS NOT NULL) AND (answered_by_id IS NOT NULL) AND (NOT (answer = ''::text))))),
    CONSTRAINT coding_question_end_check CHECK (("end" >= 0)),
    CONSTRAINT coding_question_start_check CHECK ((start >= 0))
)
--;
ALTER TABLE public.coding_question ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coding_question_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.coding_round (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    name character varying(80) NOT NULL,
    state character varying(10) NOT NULL,
    per_document smallint NOT NULL,
    seed bigint NOT NULL,
    instructions text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    revealed_at timestamp with time zone,
    codebook_id bigint NOT NULL,
    project_id bigint NOT NULL,
    drawn jsonb NOT NULL,
    has_suggestions boolean NOT NULL,
    kind character varying(12) NOT NULL,
    overlap_percent smallint NOT NULL,
    CONSTRAINT a_round_has_coders CHECK ((per_document >= 1)),
    CONSTRAINT coding_round_overlap_percent_check CHECK ((overlap_percent >= 0)),
    CONSTRAINT coding_round_per_document_check CHECK ((per_document >= 0)),
    CONSTRAINT overlap_is_a_share CHECK ((overlap_percent <= 100))
)
--;
ALTER TABLE public.coding_round ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coding_round_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.coding_secondlook (
    id bigint NOT NULL,
    field character varying(60) NOT NULL,
    public_id character varying(16) NOT NULL,
    reasons jsonb NOT NULL,
    held jsonb,
    answer character varying(10) NOT NULL,
    answered_at timestamp with time zone,
    assignment_id bigint NOT NULL,
    codebook_id bigint NOT NULL,
    event_id bigint,
    CONSTRAINT a_field_is_of_an_event CHECK (((event_id IS NOT NULL) OR ((field)::text = ''::text))),
    CONSTRAINT second_look_answered_when CHECK (((((answer)::text = ''::text) AND (answered_at IS NULL)) OR (((answer)::text = ANY ((ARRAY['holds'::character varying, 'changed'::character varying])::text[])) AND (answered_at IS NOT NULL))))
)
--;
ALTER TABLE public.coding_secondlook ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coding_secondlook_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.coding_settlement (
    id bigint NOT NULL,
    passage uuid NOT NULL,
    from_start integer NOT NULL,
    from_end integer NOT NULL,
    n integer NOT NULL,
    outcome character varying(10) NOT NULL,
    start integer,
    "end" integer,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    assignment_id bigint NOT NULL,
    by_id bigint NOT NULL,
    text_id bigint NOT NULL,
    CONSTRAINT a_dropped_passage_says_why CHECK (((NOT ((outcome)::text = 'dropped'::text)) OR (NOT (reason = ''::text)))),
    CONSTRAINT a_marked_passage_has_a_place CHECK (((((outcome)::text = 'marked'::text) AND (start < "end")) OR ((NOT ((outcome)::text = 'marked'::text)) AND ("end" IS NULL) AND (start IS NULL)))),
    CONSTRAINT coding_settlement_end_check CHECK (("end" >= 0)),
    CONSTRAINT coding_settlement_from_end_check CHECK ((from_end >= 0)),
    CONSTRAINT coding_settlement_from_start_check CHECK ((from_start >= 0)),
    CONSTRAINT coding_settlement_n_check CHECK ((n >= 0)),
    CONSTRAINT coding_settlement_start_check CHECK ((start >= 0))
)
--;
ALTER TABLE public.coding_settlement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coding_settlement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.coding_stint (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    seconds integer NOT NULL,
    began_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    assignment_id bigint NOT NULL,
    CONSTRAINT coding_stint_seconds_check CHECK ((seconds >= 0))
)
--;
ALTER TABLE public.coding_stint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coding_stint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.datasets_dataset (
    id bigint NOT NULL,
    is_public boolean NOT NULL,
    project_id bigint NOT NULL
)
--;
ALTER TABLE public.datasets_dataset ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_dataset_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.datasets_release (
    id bigint NOT NULL,
    version character varying(30) NOT NULL,
    state character varying(10) NOT NULL,
    parameters jsonb NOT NULL,
    records_sha256 character varying(64) NOT NULL,
    manifest_sha256 character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    built_at timestamp with time zone,
    published_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    withdrawn_reason text NOT NULL,
    made_by_id bigint NOT NULL,
    project_id bigint NOT NULL,
    published_by_id bigint,
    address character varying(300) NOT NULL,
    anonymous_copy boolean NOT NULL,
    built_from bigint,
    changes text NOT NULL,
    checks jsonb NOT NULL,
    creators jsonb NOT NULL,
    description text NOT NULL,
    doi character varying(200) NOT NULL,
    licence character varying(30) NOT NULL,
    publisher character varying(200) NOT NULL,
    released_on date,
    span_rule character varying(10) NOT NULL,
    year_rule character varying(10) NOT NULL,
    CONSTRAINT datasets_release_built_from_check CHECK ((built_from >= 0)),
    CONSTRAINT published_when_by_whom_and_what CHECK ((((published_at IS NULL) AND ((state)::text = ANY ((ARRAY['draft'::character varying, 'checked'::character varying])::text[]))) OR ((published_at IS NOT NULL) AND (published_by_id IS NOT NULL) AND (NOT ((manifest_sha256)::text = ''::text)))))
)
--;
ALTER TABLE public.datasets_release ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_release_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.datasets_releasefile (
    id bigint NOT NULL,
    path character varying(200) NOT NULL,
    sha256 character varying(64) NOT NULL,
    size bigint NOT NULL,
    rows integer,
    frozen boolean NOT NULL,
    release_id bigint NOT NULL,
    part character varying(10) NOT NULL,
    CONSTRAINT datasets_releasefile_rows_check CHECK ((rows >= 0)),
    CONSTRAINT datasets_releasefile_size_check CHECK ((size >= 0))
)
--;
ALTER TABLE public.datasets_releasefile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_releasefile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.datasets_searchedyears (
    id bigint NOT NULL,
    alliance character varying(100) NOT NULL,
    first_year smallint NOT NULL,
    last_year smallint NOT NULL,
    search_log character varying(500) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    project_id bigint NOT NULL,
    CONSTRAINT datasets_searchedyears_first_year_check CHECK ((first_year >= 0)),
    CONSTRAINT datasets_searchedyears_last_year_check CHECK ((last_year >= 0)),
    CONSTRAINT searched_years_in_order CHECK ((first_year <= last_year)),
    CONSTRAINT searched_years_name_their_search CHECK ((NOT ((search_log)::text = ''::text)))
)
--;
ALTER TABLE public.datasets_searchedyears ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_searchedyears_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.datasets_waiver (
    id bigint NOT NULL,
    check_name character varying(40) NOT NULL,
    found text NOT NULL,
    reason text NOT NULL,
    by_label character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    release_id bigint NOT NULL,
    CONSTRAINT a_waiver_has_a_reason CHECK ((NOT (reason = ''::text)))
)
--;
ALTER TABLE public.datasets_waiver ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_waiver_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
)
--;
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
)
--;
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
)
--;
CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
)
--;
ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.projects_apitoken (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    user_id bigint NOT NULL,
    project_id bigint NOT NULL,
    rights jsonb
)
--;
ALTER TABLE public.projects_apitoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.projects_apitoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.projects_delivery (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    event character varying(20) NOT NULL,
    payload jsonb NOT NULL,
    state character varying(10) NOT NULL,
    attempts smallint NOT NULL,
    due_at timestamp with time zone NOT NULL,
    status smallint,
    error character varying(300) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    delivered_at timestamp with time zone,
    webhook_id bigint NOT NULL,
    CONSTRAINT projects_delivery_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT projects_delivery_status_check CHECK ((status >= 0))
)
--;
ALTER TABLE public.projects_delivery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.projects_delivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.projects_invitation (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    hash character varying(64) NOT NULL,
    roles jsonb NOT NULL,
    label character varying(20) NOT NULL,
    email character varying(254) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    cancelled_at timestamp with time zone,
    used_at timestamp with time zone,
    by_id bigint NOT NULL,
    membership_id bigint,
    project_id bigint NOT NULL,
    CONSTRAINT an_invitation_is_used_by_somebody_or_not_at_all CHECK ((((membership_id IS NULL) AND (used_at IS NULL)) OR ((cancelled_at IS NULL) AND (membership_id IS NOT NULL) AND (used_at IS NOT NULL))))
)
--;
ALTER TABLE public.projects_invitation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.projects_invitation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.projects_job (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    kind character varying(60) NOT NULL,
    subject character varying(64) NOT NULL,
    parameters jsonb NOT NULL,
    state character varying(10) NOT NULL,
    worker character varying(64) NOT NULL,
    lease_until timestamp with time zone,
    attempts smallint NOT NULL,
    done integer NOT NULL,
    total integer NOT NULL,
    message character varying(300) NOT NULL,
    error text NOT NULL,
    cancel_asked boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    by_id bigint,
    project_id bigint,
    waiting_since timestamp with time zone NOT NULL,
    CONSTRAINT projects_job_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT projects_job_done_check CHECK ((done >= 0)),
    CONSTRAINT projects_job_total_check CHECK ((total >= 0))
)
--;
ALTER TABLE public.projects_job ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.projects_job_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.projects_keptanswer (
    id bigint NOT NULL,
    key character varying(255) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    status smallint NOT NULL,
    headers jsonb NOT NULL,
    body bytea,
    kept_at timestamp with time zone NOT NULL,
    user_id bigint NOT NULL,
    CONSTRAINT projects_keptanswer_status_check CHECK ((status >= 0))
)
--;
ALTER TABLE public.projects_keptanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.projects_keptanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.projects_ledgerhead (
    id bigint NOT NULL,
    project_id bigint NOT NULL,
    chain character varying(20) NOT NULL,
    n bigint NOT NULL,
    hash character varying(64) NOT NULL,
    CONSTRAINT projects_ledgerhead_n_check CHECK ((n >= 0))
)
--;
ALTER TABLE public.projects_ledgerhead ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.projects_ledgerhead_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.projects_ledgerline (
    id bigint NOT NULL,
    project_id bigint NOT NULL,
    n bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    verb character varying(60) NOT NULL,
    subject_kind character varying(40) NOT NULL,
    subject_id character varying(64) NOT NULL,
    by_id bigint,
    by_label character varying(150) NOT NULL,
    difference jsonb NOT NULL,
    previous_hash character varying(64) NOT NULL,
    hash character varying(64) NOT NULL,
    form smallint DEFAULT 1 NOT NULL,
    CONSTRAINT projects_ledgerline_form_check CHECK ((form >= 0)),
    CONSTRAINT projects_ledgerline_n_check CHECK ((n >= 0))
)
--;
ALTER TABLE public.projects_ledgerline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.projects_ledgerline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.projects_membership (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    label character varying(20) NOT NULL,
    roles jsonb NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    left_at timestamp with time zone,
    user_id bigint NOT NULL,
    project_id bigint NOT NULL,
    is_guide_away boolean NOT NULL
)
--;
ALTER TABLE public.projects_membership ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.projects_membership_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.projects_project (
    id bigint NOT NULL,
    slug character varying(60) NOT NULL,
    title character varying(200) NOT NULL,
    description text NOT NULL,
    own_adjudication_allowed boolean NOT NULL,
    created_at timestamp with time zone NOT NULL
)
--;
ALTER TABLE public.projects_project ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.projects_project_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.projects_resetlink (
    id bigint NOT NULL,
    hash character varying(64) NOT NULL,
    without_second_factor boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    by_id bigint,
    project_id bigint,
    user_id bigint NOT NULL
)
--;
ALTER TABLE public.projects_resetlink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.projects_resetlink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.projects_user (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    is_superuser boolean NOT NULL,
    username character varying(150) NOT NULL,
    first_name character varying(150) NOT NULL,
    last_name character varying(150) NOT NULL,
    email character varying(254) NOT NULL,
    is_staff boolean NOT NULL,
    is_active boolean NOT NULL,
    date_joined timestamp with time zone NOT NULL,
    language character varying(35) NOT NULL,
    anonymised_at timestamp with time zone,
    digest character varying(10) NOT NULL,
    digest_at timestamp with time zone,
    handle character varying(16) NOT NULL
)
--;
CREATE TABLE public.projects_user_groups (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    group_id integer NOT NULL
)
--;
ALTER TABLE public.projects_user_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.projects_user_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
ALTER TABLE public.projects_user ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.projects_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.projects_user_user_permissions (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    permission_id integer NOT NULL
)
--;
ALTER TABLE public.projects_user_user_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.projects_user_user_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.projects_webhook (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    address character varying(500) NOT NULL,
    events jsonb NOT NULL,
    secret character varying(80) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    made_by_id bigint NOT NULL,
    project_id bigint NOT NULL
)
--;
ALTER TABLE public.projects_webhook ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.projects_webhook_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.reconciliation_aligneddocument (
    id bigint NOT NULL,
    input_hash character varying(64) NOT NULL,
    tally jsonb NOT NULL,
    document_id bigint NOT NULL,
    round_id bigint NOT NULL
)
--;
ALTER TABLE public.reconciliation_aligneddocument ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reconciliation_aligneddocument_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.reconciliation_assessment (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    provider integer NOT NULL,
    recipient integer NOT NULL,
    type character varying(16) NOT NULL,
    year smallint NOT NULL,
    promised smallint,
    kept smallint,
    additional smallint,
    is_withdrawn boolean NOT NULL,
    proposed jsonb NOT NULL,
    basis jsonb NOT NULL,
    reason text NOT NULL,
    by_label character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    alliance_id bigint NOT NULL,
    by_id bigint NOT NULL,
    project_id bigint NOT NULL,
    supersedes_id bigint,
    CONSTRAINT additional_is_a_code CHECK (((additional = ANY (ARRAY[0, 1, '-9'::integer])) OR (additional IS NULL))),
    CONSTRAINT an_assessment_has_two_sides CHECK (((provider > 0) AND (NOT (provider = recipient)))),
    CONSTRAINT an_assessment_says_something CHECK ((((additional IS NULL) AND is_withdrawn AND (kept IS NULL) AND (promised IS NULL)) OR ((NOT is_withdrawn) AND ((promised IS NOT NULL) OR (additional IS NOT NULL))))),
    CONSTRAINT only_a_promise_is_kept CHECK (((kept IS NULL) OR ((kept = ANY (ARRAY[0, 1, 2, '-9'::integer])) AND (promised = 1)))),
    CONSTRAINT promised_is_a_code CHECK (((promised = ANY (ARRAY[0, 1, '-9'::integer])) OR (promised IS NULL))),
    CONSTRAINT reconciliation_assessment_provider_check CHECK ((provider >= 0)),
    CONSTRAINT reconciliation_assessment_recipient_check CHECK ((recipient >= 0)),
    CONSTRAINT reconciliation_assessment_year_check CHECK ((year >= 0))
)
--;
ALTER TABLE public.reconciliation_assessment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reconciliation_assessment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.reconciliation_decision (
    id bigint NOT NULL,
    field character varying(60) NOT NULL,
    public_id character varying(16) NOT NULL,
    kind character varying(10) NOT NULL,
    value jsonb NOT NULL,
    candidates jsonb NOT NULL,
    basis character varying(64) NOT NULL,
    rule character varying(60) NOT NULL,
    reason text NOT NULL,
    error_kind character varying(10) NOT NULL,
    codebook_needs_work boolean NOT NULL,
    by_label character varying(20) NOT NULL,
    own_coding boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    adopted_from_id bigint,
    by_id bigint NOT NULL,
    supersedes_id bigint,
    group_id bigint NOT NULL
)
--;
ALTER TABLE public.reconciliation_decision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reconciliation_decision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.reconciliation_distinction (
    id bigint NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    first_id bigint NOT NULL,
    project_id bigint NOT NULL,
    second_id bigint NOT NULL
)
--;
ALTER TABLE public.reconciliation_distinction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reconciliation_distinction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.reconciliation_figure (
    id bigint NOT NULL,
    question character varying(20) NOT NULL,
    field character varying(60) NOT NULL,
    type character varying(40) NOT NULL,
    subject character varying(60) NOT NULL,
    coefficient character varying(60) NOT NULL,
    level character varying(20) NOT NULL,
    value double precision,
    reason character varying(200) NOT NULL,
    low double precision,
    high double precision,
    "interval" character varying(60) NOT NULL,
    n_units integer NOT NULL,
    n_coders integer NOT NULL,
    n_values integer NOT NULL,
    prevalence double precision,
    aligned_share double precision,
    undefined_replicates integer NOT NULL,
    below_667 double precision,
    below_800 double precision,
    run_id bigint NOT NULL,
    CONSTRAINT a_figure_is_a_value_or_a_reason CHECK (((((reason)::text = ''::text) AND (value IS NOT NULL)) OR ((value IS NULL) AND (NOT ((reason)::text = ''::text))))),
    CONSTRAINT reconciliation_figure_n_coders_check CHECK ((n_coders >= 0)),
    CONSTRAINT reconciliation_figure_n_units_check CHECK ((n_units >= 0)),
    CONSTRAINT reconciliation_figure_n_values_check CHECK ((n_values >= 0)),
    CONSTRAINT reconciliation_figure_undefined_replicates_check CHECK ((undefined_replicates >= 0))
)
--;
ALTER TABLE public.reconciliation_figure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reconciliation_figure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.reconciliation_group (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    n integer NOT NULL,
    "position" integer NOT NULL,
    type character varying(40) NOT NULL,
    distances jsonb NOT NULL,
    retired_at timestamp with time zone,
    document_id bigint NOT NULL,
    round_id bigint NOT NULL,
    CONSTRAINT reconciliation_group_n_check CHECK ((n >= 0)),
    CONSTRAINT reconciliation_group_position_check CHECK (("position" >= 0))
)
--;
ALTER TABLE public.reconciliation_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reconciliation_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.reconciliation_handling (
    id bigint NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    decision_id bigint,
    note_id bigint,
    question_id bigint,
    CONSTRAINT a_handling_is_a_note_or_a_reason CHECK ((((note_id IS NOT NULL) AND (reason = ''::text)) OR ((note_id IS NULL) AND (NOT (reason = ''::text))))),
    CONSTRAINT a_handling_is_of_a_decision_or_a_question CHECK ((((decision_id IS NOT NULL) AND (question_id IS NULL)) OR ((decision_id IS NULL) AND (question_id IS NOT NULL))))
)
--;
ALTER TABLE public.reconciliation_handling ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reconciliation_handling_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.reconciliation_incident (
    id bigint NOT NULL,
    n integer NOT NULL,
    merged_into_id bigint,
    project_id bigint NOT NULL,
    CONSTRAINT reconciliation_incident_n_check CHECK ((n >= 0))
)
--;
ALTER TABLE public.reconciliation_incident ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reconciliation_incident_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.reconciliation_member (
    id bigint NOT NULL,
    coder_id bigint NOT NULL,
    event_id bigint NOT NULL,
    group_id bigint NOT NULL,
    label character varying(30) NOT NULL
)
--;
ALTER TABLE public.reconciliation_member ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reconciliation_member_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.reconciliation_position (
    id bigint NOT NULL,
    field character varying(60) NOT NULL,
    "order" integer NOT NULL,
    state character varying(12) NOT NULL,
    candidates jsonb NOT NULL,
    basis character varying(64) NOT NULL,
    basis_changed boolean NOT NULL,
    decision_id bigint,
    group_id bigint NOT NULL,
    CONSTRAINT reconciliation_position_order_check CHECK (("order" >= 0))
)
--;
ALTER TABLE public.reconciliation_position ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reconciliation_position_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.reconciliation_preference (
    id bigint NOT NULL,
    field character varying(60) NOT NULL,
    value jsonb NOT NULL,
    reason text NOT NULL,
    by_label character varying(20) NOT NULL,
    own_coding boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    incident_id bigint NOT NULL,
    taken_from_id bigint
)
--;
ALTER TABLE public.reconciliation_preference ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reconciliation_preference_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.reconciliation_proof (
    id bigint NOT NULL,
    start integer NOT NULL,
    "end" integer NOT NULL,
    exact text NOT NULL,
    decision_id bigint NOT NULL,
    CONSTRAINT proof_start_before_end CHECK ((start < "end")),
    CONSTRAINT reconciliation_proof_end_check CHECK (("end" >= 0)),
    CONSTRAINT reconciliation_proof_start_check CHECK ((start >= 0))
)
--;
ALTER TABLE public.reconciliation_proof ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reconciliation_proof_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.reconciliation_proposal (
    id bigint NOT NULL,
    distance double precision NOT NULL,
    terms jsonb NOT NULL,
    first_id bigint NOT NULL,
    project_id bigint NOT NULL,
    second_id bigint NOT NULL
)
--;
ALTER TABLE public.reconciliation_proposal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reconciliation_proposal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.reconciliation_regrouping (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    kind character varying(10) NOT NULL,
    together jsonb NOT NULL,
    apart jsonb NOT NULL,
    released jsonb NOT NULL,
    reason text NOT NULL,
    by_label character varying(20) NOT NULL,
    own_coding boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    document_id bigint NOT NULL,
    round_id bigint NOT NULL
)
--;
ALTER TABLE public.reconciliation_regrouping ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reconciliation_regrouping_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.reconciliation_report (
    id bigint NOT NULL,
    incident_id bigint NOT NULL,
    resolved_event_id bigint NOT NULL
)
--;
ALTER TABLE public.reconciliation_report ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reconciliation_report_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.reconciliation_resolvedevent (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    type character varying(40) NOT NULL,
    "values" jsonb NOT NULL,
    is_event boolean NOT NULL,
    reopened_at timestamp with time zone,
    resolved_at timestamp with time zone NOT NULL,
    group_id bigint NOT NULL
)
--;
ALTER TABLE public.reconciliation_resolvedevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reconciliation_resolvedevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.reconciliation_routine (
    id bigint NOT NULL,
    enough smallint,
    every integer NOT NULL,
    by_label character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    looked_at timestamp with time zone,
    by_id bigint NOT NULL,
    round_id bigint NOT NULL,
    CONSTRAINT enough_coders_are_some CHECK (((enough IS NULL) OR (enough >= 1))),
    CONSTRAINT reconciliation_routine_enough_check CHECK ((enough >= 0)),
    CONSTRAINT reconciliation_routine_every_check CHECK ((every >= 0))
)
--;
ALTER TABLE public.reconciliation_routine ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reconciliation_routine_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.reconciliation_run (
    id bigint NOT NULL,
    n integer NOT NULL,
    parameters jsonb NOT NULL,
    input_hash character varying(64) NOT NULL,
    software character varying(40) NOT NULL,
    counts jsonb NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    by_id bigint,
    round_id bigint NOT NULL,
    breakdown jsonb NOT NULL,
    is_whole boolean NOT NULL,
    selection jsonb NOT NULL,
    document_id bigint,
    CONSTRAINT reconciliation_run_n_check CHECK ((n >= 0))
)
--;
ALTER TABLE public.reconciliation_run ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reconciliation_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.socialaccount_socialaccount (
    id integer NOT NULL,
    provider character varying(200) NOT NULL,
    uid character varying(191) NOT NULL,
    last_login timestamp with time zone NOT NULL,
    date_joined timestamp with time zone NOT NULL,
    extra_data jsonb NOT NULL,
    user_id bigint NOT NULL
)
--;
ALTER TABLE public.socialaccount_socialaccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialaccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.socialaccount_socialapp (
    id integer NOT NULL,
    provider character varying(30) NOT NULL,
    name character varying(40) NOT NULL,
    client_id character varying(191) NOT NULL,
    secret character varying(191) NOT NULL,
    key character varying(191) NOT NULL,
    provider_id character varying(200) NOT NULL,
    settings jsonb NOT NULL
)
--;
ALTER TABLE public.socialaccount_socialapp ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialapp_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.socialaccount_socialtoken (
    id integer NOT NULL,
    token text NOT NULL,
    token_secret text NOT NULL,
    expires_at timestamp with time zone,
    account_id integer NOT NULL,
    app_id integer
)
--;
ALTER TABLE public.socialaccount_socialtoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialtoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.sources_alliance (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    reference character varying(100) NOT NULL,
    name character varying(300) NOT NULL,
    atop_id integer,
    kind character varying(100) NOT NULL,
    start date NOT NULL,
    "end" date,
    source character varying(500) NOT NULL,
    project_id bigint NOT NULL,
    dropped_by_id bigint,
    loaded_from_id bigint NOT NULL,
    CONSTRAINT alliance_ends_after_its_start CHECK ((("end" IS NULL) OR ("end" >= start))),
    CONSTRAINT an_alliance_has_reference_and_name CHECK (((NOT ((reference)::text = ''::text)) AND (NOT ((name)::text = ''::text)))),
    CONSTRAINT an_atop_id_is_positive CHECK (((atop_id IS NULL) OR (atop_id > 0))),
    CONSTRAINT sources_alliance_atop_id_check CHECK ((atop_id >= 0))
)
--;
ALTER TABLE public.sources_alliance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sources_alliance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.sources_alliancelist (
    id bigint NOT NULL,
    n integer NOT NULL,
    version character varying(60) NOT NULL,
    filename character varying(255) NOT NULL,
    sha256 character varying(64) NOT NULL,
    is_whole boolean NOT NULL,
    counts jsonb NOT NULL,
    problems jsonb NOT NULL,
    notices jsonb NOT NULL,
    loaded_at timestamp with time zone NOT NULL,
    loaded_by_id bigint NOT NULL,
    project_id bigint NOT NULL,
    CONSTRAINT sources_alliancelist_n_check CHECK ((n >= 0))
)
--;
ALTER TABLE public.sources_alliancelist ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sources_alliancelist_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.sources_alliancemember (
    id bigint NOT NULL,
    ccode integer NOT NULL,
    start date NOT NULL,
    "end" date,
    role character varying(10) NOT NULL,
    alliance_id bigint NOT NULL,
    CONSTRAINT a_member_has_a_known_role CHECK (((role)::text = ANY ((ARRAY[''::character varying, 'patron'::character varying, 'protege'::character varying, 'peer'::character varying])::text[]))),
    CONSTRAINT a_member_is_a_state_by_its_cow_code CHECK ((ccode > 0)),
    CONSTRAINT membership_ends_after_its_start CHECK ((("end" IS NULL) OR ("end" >= start))),
    CONSTRAINT sources_alliancemember_ccode_check CHECK ((ccode >= 0))
)
--;
ALTER TABLE public.sources_alliancemember ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sources_alliancemember_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.sources_articlerange (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    start integer NOT NULL,
    "end" integer NOT NULL,
    text_id bigint NOT NULL,
    CONSTRAINT sources_articlerange_end_check CHECK (("end" >= 0)),
    CONSTRAINT sources_articlerange_start_check CHECK ((start >= 0))
)
--;
ALTER TABLE public.sources_articlerange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sources_articlerange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.sources_cluster (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    confirmed_at timestamp with time zone NOT NULL,
    confirmed_by_id bigint,
    project_id bigint NOT NULL,
    representative_id bigint NOT NULL
)
--;
ALTER TABLE public.sources_cluster ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sources_cluster_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.sources_collection (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    label character varying(180) NOT NULL,
    form character varying(10) NOT NULL,
    filename character varying(255) NOT NULL,
    sha256 character varying(64) NOT NULL,
    size bigint NOT NULL,
    headers jsonb NOT NULL,
    columns jsonb NOT NULL,
    said jsonb NOT NULL,
    depth smallint NOT NULL,
    state character varying(10) NOT NULL,
    reason text NOT NULL,
    items integer NOT NULL,
    added integer NOT NULL,
    known integer NOT NULL,
    refused integer NOT NULL,
    unpacked bigint NOT NULL,
    added_at timestamp with time zone NOT NULL,
    added_by_id bigint NOT NULL,
    parent_id bigint,
    project_id bigint NOT NULL,
    emptied_at timestamp with time zone,
    is_indexed boolean NOT NULL,
    CONSTRAINT a_failed_collection_says_why CHECK (((NOT ((state)::text = 'failed'::text)) OR (NOT (reason = ''::text)))),
    CONSTRAINT sources_collection_added_check CHECK ((added >= 0)),
    CONSTRAINT sources_collection_depth_check CHECK ((depth >= 0)),
    CONSTRAINT sources_collection_items_check CHECK ((items >= 0)),
    CONSTRAINT sources_collection_known_check CHECK ((known >= 0)),
    CONSTRAINT sources_collection_refused_check CHECK ((refused >= 0)),
    CONSTRAINT sources_collection_size_check CHECK ((size >= 0)),
    CONSTRAINT sources_collection_unpacked_check CHECK ((unpacked >= 0))
)
--;
ALTER TABLE public.sources_collection ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sources_collection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.sources_collectionline (
    id bigint NOT NULL,
    number integer NOT NULL,
    name character varying(300) NOT NULL,
    outcome character varying(10) NOT NULL,
    reason text NOT NULL,
    collection_id bigint NOT NULL,
    document_id bigint,
    CONSTRAINT sources_collectionline_number_check CHECK ((number >= 0))
)
--;
ALTER TABLE public.sources_collectionline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sources_collectionline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.sources_copy (
    id bigint NOT NULL,
    cluster_id bigint NOT NULL,
    document_id bigint NOT NULL
)
--;
ALTER TABLE public.sources_copy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sources_copy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.sources_document (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    external_id character varying(200) NOT NULL,
    kind character varying(10) NOT NULL,
    title character varying(500) NOT NULL,
    outlet character varying(200) NOT NULL,
    author character varying(200) NOT NULL,
    address character varying(1000) NOT NULL,
    published_on date,
    filename character varying(255) NOT NULL,
    sha256 character varying(64) NOT NULL,
    size bigint NOT NULL,
    state character varying(10) NOT NULL,
    reason_code character varying(40) NOT NULL,
    reason text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    added_by_id bigint NOT NULL,
    project_id bigint NOT NULL,
    current_text_id bigint,
    described_by_id bigint,
    parties jsonb NOT NULL,
    line integer,
    pack character varying(64) NOT NULL,
    pack_start bigint,
    collection_id bigint,
    article character varying(64) NOT NULL,
    taken_down_at timestamp with time zone,
    CONSTRAINT a_failed_document_says_why CHECK (((NOT ((state)::text = 'failed'::text)) OR (NOT (reason = ''::text)))),
    CONSTRAINT a_read_document_has_a_text CHECK ((((current_text_id IS NOT NULL) AND ((state)::text = 'read'::text)) OR (NOT ((state)::text = 'read'::text)))),
    CONSTRAINT sources_document_line_check CHECK ((line >= 0)),
    CONSTRAINT sources_document_pack_start_check CHECK ((pack_start >= 0)),
    CONSTRAINT sources_document_size_check CHECK ((size >= 0))
)
--;
ALTER TABLE public.sources_document ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sources_document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.sources_likeness (
    id bigint NOT NULL,
    containment double precision NOT NULL,
    resemblance double precision NOT NULL,
    rejected_at timestamp with time zone,
    first_id bigint NOT NULL,
    rejected_by_id bigint,
    second_id bigint NOT NULL,
    CONSTRAINT likeness_first_before_second CHECK ((first_id < second_id))
)
--;
ALTER TABLE public.sources_likeness ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sources_likeness_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.sources_mention (
    id bigint NOT NULL,
    ccode smallint NOT NULL,
    count integer NOT NULL,
    document_id bigint NOT NULL,
    CONSTRAINT sources_mention_ccode_check CHECK ((ccode >= 0)),
    CONSTRAINT sources_mention_count_check CHECK ((count >= 0))
)
--;
ALTER TABLE public.sources_mention ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sources_mention_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.sources_outline (
    id bigint NOT NULL,
    n integer NOT NULL,
    finder_version character varying(10) NOT NULL,
    parties jsonb NOT NULL,
    signed_on date,
    made_at timestamp with time zone NOT NULL,
    by_id bigint,
    text_id bigint NOT NULL,
    found_in jsonb,
    CONSTRAINT sources_outline_n_check CHECK ((n >= 0))
)
--;
ALTER TABLE public.sources_outline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sources_outline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.sources_page (
    id bigint NOT NULL,
    number integer NOT NULL,
    start integer NOT NULL,
    "end" integer NOT NULL,
    width double precision NOT NULL,
    height double precision NOT NULL,
    rotation smallint NOT NULL,
    crop_box jsonb NOT NULL,
    words bytea NOT NULL,
    furniture jsonb NOT NULL,
    state character varying(10) NOT NULL,
    text_id bigint NOT NULL,
    CONSTRAINT page_start_before_end CHECK ((start <= "end")),
    CONSTRAINT sources_page_end_check CHECK (("end" >= 0)),
    CONSTRAINT sources_page_number_check CHECK ((number >= 0)),
    CONSTRAINT sources_page_start_check CHECK ((start >= 0))
)
--;
ALTER TABLE public.sources_page ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sources_page_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.sources_searchlog (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    words character varying(500) NOT NULL,
    filters jsonb NOT NULL,
    note character varying(500) NOT NULL,
    hits integer NOT NULL,
    searched integer NOT NULL,
    documents jsonb NOT NULL,
    tokens_version smallint NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    project_id bigint NOT NULL,
    CONSTRAINT sources_searchlog_hits_check CHECK ((hits >= 0)),
    CONSTRAINT sources_searchlog_searched_check CHECK ((searched >= 0)),
    CONSTRAINT sources_searchlog_tokens_version_check CHECK ((tokens_version >= 0))
)
--;
ALTER TABLE public.sources_searchlog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sources_searchlog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.sources_searchrange (
    id bigint NOT NULL,
    number integer NOT NULL,
    start integer NOT NULL,
    "end" integer NOT NULL,
    document_id bigint NOT NULL,
    tokens tsvector,
    CONSTRAINT sources_searchrange_end_check CHECK (("end" >= 0)),
    CONSTRAINT sources_searchrange_number_check CHECK ((number >= 0)),
    CONSTRAINT sources_searchrange_start_check CHECK ((start >= 0))
)
--;
ALTER TABLE public.sources_searchrange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sources_searchrange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.sources_section (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    label character varying(80) NOT NULL,
    heading character varying(300) NOT NULL,
    start integer NOT NULL,
    "end" integer NOT NULL,
    outline_id bigint NOT NULL,
    parent_id bigint,
    CONSTRAINT section_start_before_end CHECK ((start < "end")),
    CONSTRAINT sources_section_end_check CHECK (("end" >= 0)),
    CONSTRAINT sources_section_start_check CHECK ((start >= 0))
)
--;
ALTER TABLE public.sources_section ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sources_section_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.sources_shingle (
    hash bigint NOT NULL,
    document_id bigint NOT NULL
)
--;
CREATE TABLE public.sources_sketch (
    document_id bigint NOT NULL,
    hashes bytea NOT NULL,
    text_id bigint NOT NULL
)
--;
CREATE TABLE public.sources_statelist (
    id bigint NOT NULL,
    n integer NOT NULL,
    kind character varying(10) NOT NULL,
    version character varying(60) NOT NULL,
    filename character varying(255) NOT NULL,
    rows jsonb NOT NULL,
    sha256 character varying(64) NOT NULL,
    ends date,
    loaded_at timestamp with time zone NOT NULL,
    loaded_by_id bigint NOT NULL,
    project_id bigint NOT NULL,
    CONSTRAINT a_list_of_members_has_a_last_day CHECK ((((ends IS NOT NULL) AND ((kind)::text = 'cow'::text)) OR ((NOT ((kind)::text = 'cow'::text)) AND (ends IS NULL)))),
    CONSTRAINT sources_statelist_n_check CHECK ((n >= 0))
)
--;
ALTER TABLE public.sources_statelist ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sources_statelist_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.sources_text (
    id bigint NOT NULL,
    n integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    body text NOT NULL,
    length integer NOT NULL,
    blocks jsonb NOT NULL,
    reader character varying(40) NOT NULL,
    reader_version character varying(40) NOT NULL,
    parameters jsonb NOT NULL,
    metadata jsonb NOT NULL,
    warnings jsonb NOT NULL,
    language character varying(16) NOT NULL,
    has_astral boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    document_id bigint NOT NULL,
    CONSTRAINT sources_text_length_check CHECK ((length >= 0)),
    CONSTRAINT sources_text_n_check CHECK ((n >= 0))
)
--;
ALTER TABLE public.sources_text ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sources_text_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
CREATE TABLE public.usersessions_usersession (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ip inet NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    session_key character varying(40) NOT NULL,
    user_agent character varying(200) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL
)
--;
ALTER TABLE public.usersessions_usersession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.usersessions_usersession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
)
--;
INSERT INTO public.auth_permission VALUES (1, 'Can add release', 1, 'add_release')
--;
INSERT INTO public.auth_permission VALUES (2, 'Can change release', 1, 'change_release')
--;
INSERT INTO public.auth_permission VALUES (3, 'Can delete release', 1, 'delete_release')
--;
INSERT INTO public.auth_permission VALUES (4, 'Can view release', 1, 'view_release')
--;
INSERT INTO public.auth_permission VALUES (5, 'Can add release file', 2, 'add_releasefile')
--;
INSERT INTO public.auth_permission VALUES (6, 'Can change release file', 2, 'change_releasefile')
--;
INSERT INTO public.auth_permission VALUES (7, 'Can delete release file', 2, 'delete_releasefile')
--;
INSERT INTO public.auth_permission VALUES (8, 'Can view release file', 2, 'view_releasefile')
--;
INSERT INTO public.auth_permission VALUES (9, 'Can add dataset', 3, 'add_dataset')
--;
INSERT INTO public.auth_permission VALUES (10, 'Can change dataset', 3, 'change_dataset')
--;
INSERT INTO public.auth_permission VALUES (11, 'Can delete dataset', 3, 'delete_dataset')
--;
INSERT INTO public.auth_permission VALUES (12, 'Can view dataset', 3, 'view_dataset')
--;
INSERT INTO public.auth_permission VALUES (13, 'Can add searched years', 4, 'add_searchedyears')
--;
INSERT INTO public.auth_permission VALUES (14, 'Can change searched years', 4, 'change_searchedyears')
--;
INSERT INTO public.auth_permission VALUES (15, 'Can delete searched years', 4, 'delete_searchedyears')
--;
INSERT INTO public.auth_permission VALUES (16, 'Can view searched years', 4, 'view_searchedyears')
--;
INSERT INTO public.auth_permission VALUES (17, 'Can add waiver', 5, 'add_waiver')
--;
INSERT INTO public.auth_permission VALUES (18, 'Can change waiver', 5, 'change_waiver')
--;
INSERT INTO public.auth_permission VALUES (19, 'Can delete waiver', 5, 'delete_waiver')
--;
INSERT INTO public.auth_permission VALUES (20, 'Can view waiver', 5, 'view_waiver')
--;
INSERT INTO public.auth_permission VALUES (21, 'Can add group', 6, 'add_group')
--;
INSERT INTO public.auth_permission VALUES (22, 'Can change group', 6, 'change_group')
--;
INSERT INTO public.auth_permission VALUES (23, 'Can delete group', 6, 'delete_group')
--;
INSERT INTO public.auth_permission VALUES (24, 'Can view group', 6, 'view_group')
--;
INSERT INTO public.auth_permission VALUES (25, 'Can add decision', 7, 'add_decision')
--;
INSERT INTO public.auth_permission VALUES (26, 'Can change decision', 7, 'change_decision')
--;
INSERT INTO public.auth_permission VALUES (27, 'Can delete decision', 7, 'delete_decision')
--;
INSERT INTO public.auth_permission VALUES (28, 'Can view decision', 7, 'view_decision')
--;
INSERT INTO public.auth_permission VALUES (29, 'Can add incident', 8, 'add_incident')
--;
INSERT INTO public.auth_permission VALUES (30, 'Can change incident', 8, 'change_incident')
--;
INSERT INTO public.auth_permission VALUES (31, 'Can delete incident', 8, 'delete_incident')
--;
INSERT INTO public.auth_permission VALUES (32, 'Can view incident', 8, 'view_incident')
--;
INSERT INTO public.auth_permission VALUES (33, 'Can add member', 9, 'add_member')
--;
INSERT INTO public.auth_permission VALUES (34, 'Can change member', 9, 'change_member')
--;
INSERT INTO public.auth_permission VALUES (35, 'Can delete member', 9, 'delete_member')
--;
INSERT INTO public.auth_permission VALUES (36, 'Can view member', 9, 'view_member')
--;
INSERT INTO public.auth_permission VALUES (37, 'Can add position', 10, 'add_position')
--;
INSERT INTO public.auth_permission VALUES (38, 'Can change position', 10, 'change_position')
--;
INSERT INTO public.auth_permission VALUES (39, 'Can delete position', 10, 'delete_position')
--;
INSERT INTO public.auth_permission VALUES (40, 'Can view position', 10, 'view_position')
--;
INSERT INTO public.auth_permission VALUES (41, 'Can add resolved event', 11, 'add_resolvedevent')
--;
INSERT INTO public.auth_permission VALUES (42, 'Can change resolved event', 11, 'change_resolvedevent')
--;
INSERT INTO public.auth_permission VALUES (43, 'Can delete resolved event', 11, 'delete_resolvedevent')
--;
INSERT INTO public.auth_permission VALUES (44, 'Can view resolved event', 11, 'view_resolvedevent')
--;
INSERT INTO public.auth_permission VALUES (45, 'Can add report', 12, 'add_report')
--;
INSERT INTO public.auth_permission VALUES (46, 'Can change report', 12, 'change_report')
--;
INSERT INTO public.auth_permission VALUES (47, 'Can delete report', 12, 'delete_report')
--;
INSERT INTO public.auth_permission VALUES (48, 'Can view report', 12, 'view_report')
--;
INSERT INTO public.auth_permission VALUES (49, 'Can add run', 13, 'add_run')
--;
INSERT INTO public.auth_permission VALUES (50, 'Can change run', 13, 'change_run')
--;
INSERT INTO public.auth_permission VALUES (51, 'Can delete run', 13, 'delete_run')
--;
INSERT INTO public.auth_permission VALUES (52, 'Can view run', 13, 'view_run')
--;
INSERT INTO public.auth_permission VALUES (53, 'Can add figure', 14, 'add_figure')
--;
INSERT INTO public.auth_permission VALUES (54, 'Can change figure', 14, 'change_figure')
--;
INSERT INTO public.auth_permission VALUES (55, 'Can delete figure', 14, 'delete_figure')
--;
INSERT INTO public.auth_permission VALUES (56, 'Can view figure', 14, 'view_figure')
--;
INSERT INTO public.auth_permission VALUES (57, 'Can add aligned document', 15, 'add_aligneddocument')
--;
INSERT INTO public.auth_permission VALUES (58, 'Can change aligned document', 15, 'change_aligneddocument')
--;
INSERT INTO public.auth_permission VALUES (59, 'Can delete aligned document', 15, 'delete_aligneddocument')
--;
INSERT INTO public.auth_permission VALUES (60, 'Can view aligned document', 15, 'view_aligneddocument')
--;
INSERT INTO public.auth_permission VALUES (61, 'Can add regrouping', 16, 'add_regrouping')
--;
INSERT INTO public.auth_permission VALUES (62, 'Can change regrouping', 16, 'change_regrouping')
--;
INSERT INTO public.auth_permission VALUES (63, 'Can delete regrouping', 16, 'delete_regrouping')
--;
INSERT INTO public.auth_permission VALUES (64, 'Can view regrouping', 16, 'view_regrouping')
--;
INSERT INTO public.auth_permission VALUES (65, 'Can add distinction', 17, 'add_distinction')
--;
INSERT INTO public.auth_permission VALUES (66, 'Can change distinction', 17, 'change_distinction')
--;
INSERT INTO public.auth_permission VALUES (67, 'Can delete distinction', 17, 'delete_distinction')
--;
INSERT INTO public.auth_permission VALUES (68, 'Can view distinction', 17, 'view_distinction')
--;
INSERT INTO public.auth_permission VALUES (69, 'Can add proposal', 18, 'add_proposal')
--;
INSERT INTO public.auth_permission VALUES (70, 'Can change proposal', 18, 'change_proposal')
--;
INSERT INTO public.auth_permission VALUES (71, 'Can delete proposal', 18, 'delete_proposal')
--;
INSERT INTO public.auth_permission VALUES (72, 'Can view proposal', 18, 'view_proposal')
--;
INSERT INTO public.auth_permission VALUES (73, 'Can add assessment', 19, 'add_assessment')
--;
INSERT INTO public.auth_permission VALUES (74, 'Can change assessment', 19, 'change_assessment')
--;
INSERT INTO public.auth_permission VALUES (75, 'Can delete assessment', 19, 'delete_assessment')
--;
INSERT INTO public.auth_permission VALUES (76, 'Can view assessment', 19, 'view_assessment')
--;
INSERT INTO public.auth_permission VALUES (77, 'Can add proof', 20, 'add_proof')
--;
INSERT INTO public.auth_permission VALUES (78, 'Can change proof', 20, 'change_proof')
--;
INSERT INTO public.auth_permission VALUES (79, 'Can delete proof', 20, 'delete_proof')
--;
INSERT INTO public.auth_permission VALUES (80, 'Can view proof', 20, 'view_proof')
--;
INSERT INTO public.auth_permission VALUES (81, 'Can add routine', 21, 'add_routine')
--;
INSERT INTO public.auth_permission VALUES (82, 'Can change routine', 21, 'change_routine')
--;
INSERT INTO public.auth_permission VALUES (83, 'Can delete routine', 21, 'delete_routine')
--;
INSERT INTO public.auth_permission VALUES (84, 'Can view routine', 21, 'view_routine')
--;
INSERT INTO public.auth_permission VALUES (85, 'Can add handling', 22, 'add_handling')
--;
INSERT INTO public.auth_permission VALUES (86, 'Can change handling', 22, 'change_handling')
--;
INSERT INTO public.auth_permission VALUES (87, 'Can delete handling', 22, 'delete_handling')
--;
INSERT INTO public.auth_permission VALUES (88, 'Can view handling', 22, 'view_handling')
--;
INSERT INTO public.auth_permission VALUES (89, 'Can add preference', 23, 'add_preference')
--;
INSERT INTO public.auth_permission VALUES (90, 'Can change preference', 23, 'change_preference')
--;
INSERT INTO public.auth_permission VALUES (91, 'Can delete preference', 23, 'delete_preference')
--;
INSERT INTO public.auth_permission VALUES (92, 'Can view preference', 23, 'view_preference')
--;
INSERT INTO public.auth_permission VALUES (93, 'Can add assignment', 24, 'add_assignment')
--;
INSERT INTO public.auth_permission VALUES (94, 'Can change assignment', 24, 'change_assignment')
--;
INSERT INTO public.auth_permission VALUES (95, 'Can delete assignment', 24, 'delete_assignment')
--;
INSERT INTO public.auth_permission VALUES (96, 'Can view assignment', 24, 'view_assignment')
--;
INSERT INTO public.auth_permission VALUES (97, 'Can add codebook', 25, 'add_codebook')
--;
INSERT INTO public.auth_permission VALUES (98, 'Can change codebook', 25, 'change_codebook')
--;
INSERT INTO public.auth_permission VALUES (99, 'Can delete codebook', 25, 'delete_codebook')
--;
INSERT INTO public.auth_permission VALUES (100, 'Can view codebook', 25, 'view_codebook')
--;
INSERT INTO public.auth_permission VALUES (101, 'Can add event', 26, 'add_event')
--;
INSERT INTO public.auth_permission VALUES (102, 'Can change event', 26, 'change_event')
--;
INSERT INTO public.auth_permission VALUES (103, 'Can delete event', 26, 'delete_event')
--;
INSERT INTO public.auth_permission VALUES (104, 'Can view event', 26, 'view_event')
--;
INSERT INTO public.auth_permission VALUES (105, 'Can add operation', 27, 'add_operation')
--;
INSERT INTO public.auth_permission VALUES (106, 'Can change operation', 27, 'change_operation')
--;
INSERT INTO public.auth_permission VALUES (107, 'Can delete operation', 27, 'delete_operation')
--;
INSERT INTO public.auth_permission VALUES (108, 'Can view operation', 27, 'view_operation')
--;
INSERT INTO public.auth_permission VALUES (109, 'Can add passage', 28, 'add_passage')
--;
INSERT INTO public.auth_permission VALUES (110, 'Can change passage', 28, 'change_passage')
--;
INSERT INTO public.auth_permission VALUES (111, 'Can delete passage', 28, 'delete_passage')
--;
INSERT INTO public.auth_permission VALUES (112, 'Can view passage', 28, 'view_passage')
--;
INSERT INTO public.auth_permission VALUES (113, 'Can add evidence', 29, 'add_evidence')
--;
INSERT INTO public.auth_permission VALUES (114, 'Can change evidence', 29, 'change_evidence')
--;
INSERT INTO public.auth_permission VALUES (115, 'Can delete evidence', 29, 'delete_evidence')
--;
INSERT INTO public.auth_permission VALUES (116, 'Can view evidence', 29, 'view_evidence')
--;
INSERT INTO public.auth_permission VALUES (117, 'Can add round', 30, 'add_round')
--;
INSERT INTO public.auth_permission VALUES (118, 'Can change round', 30, 'change_round')
--;
INSERT INTO public.auth_permission VALUES (119, 'Can delete round', 30, 'delete_round')
--;
INSERT INTO public.auth_permission VALUES (120, 'Can view round', 30, 'view_round')
--;
INSERT INTO public.auth_permission VALUES (121, 'Can add manuscript', 31, 'add_manuscript')
--;
INSERT INTO public.auth_permission VALUES (122, 'Can change manuscript', 31, 'change_manuscript')
--;
INSERT INTO public.auth_permission VALUES (123, 'Can delete manuscript', 31, 'delete_manuscript')
--;
INSERT INTO public.auth_permission VALUES (124, 'Can view manuscript', 31, 'view_manuscript')
--;
INSERT INTO public.auth_permission VALUES (125, 'Can add second look', 32, 'add_secondlook')
--;
INSERT INTO public.auth_permission VALUES (126, 'Can change second look', 32, 'change_secondlook')
--;
INSERT INTO public.auth_permission VALUES (127, 'Can delete second look', 32, 'delete_secondlook')
--;
INSERT INTO public.auth_permission VALUES (128, 'Can view second look', 32, 'view_secondlook')
--;
INSERT INTO public.auth_permission VALUES (129, 'Can add settlement', 33, 'add_settlement')
--;
INSERT INTO public.auth_permission VALUES (130, 'Can change settlement', 33, 'change_settlement')
--;
INSERT INTO public.auth_permission VALUES (131, 'Can delete settlement', 33, 'delete_settlement')
--;
INSERT INTO public.auth_permission VALUES (132, 'Can view settlement', 33, 'view_settlement')
--;
INSERT INTO public.auth_permission VALUES (133, 'Can add codebook note', 34, 'add_codebooknote')
--;
INSERT INTO public.auth_permission VALUES (134, 'Can change codebook note', 34, 'change_codebooknote')
--;
INSERT INTO public.auth_permission VALUES (135, 'Can delete codebook note', 34, 'delete_codebooknote')
--;
INSERT INTO public.auth_permission VALUES (136, 'Can view codebook note', 34, 'view_codebooknote')
--;
INSERT INTO public.auth_permission VALUES (137, 'Can add key choice', 35, 'add_keychoice')
--;
INSERT INTO public.auth_permission VALUES (138, 'Can change key choice', 35, 'change_keychoice')
--;
INSERT INTO public.auth_permission VALUES (139, 'Can delete key choice', 35, 'delete_keychoice')
--;
INSERT INTO public.auth_permission VALUES (140, 'Can view key choice', 35, 'view_keychoice')
--;
INSERT INTO public.auth_permission VALUES (141, 'Can add question', 36, 'add_question')
--;
INSERT INTO public.auth_permission VALUES (142, 'Can change question', 36, 'change_question')
--;
INSERT INTO public.auth_permission VALUES (143, 'Can delete question', 36, 'delete_question')
--;
INSERT INTO public.auth_permission VALUES (144, 'Can view question', 36, 'view_question')
--;
INSERT INTO public.auth_permission VALUES (145, 'Can add stint', 37, 'add_stint')
--;
INSERT INTO public.auth_permission VALUES (146, 'Can change stint', 37, 'change_stint')
--;
INSERT INTO public.auth_permission VALUES (147, 'Can delete stint', 37, 'delete_stint')
--;
INSERT INTO public.auth_permission VALUES (148, 'Can view stint', 37, 'view_stint')
--;
INSERT INTO public.auth_permission VALUES (149, 'Can add draft note', 38, 'add_draftnote')
--;
INSERT INTO public.auth_permission VALUES (150, 'Can change draft note', 38, 'change_draftnote')
--;
INSERT INTO public.auth_permission VALUES (151, 'Can delete draft note', 38, 'delete_draftnote')
--;
INSERT INTO public.auth_permission VALUES (152, 'Can view draft note', 38, 'view_draftnote')
--;
INSERT INTO public.auth_permission VALUES (153, 'Can add event template', 39, 'add_eventtemplate')
--;
INSERT INTO public.auth_permission VALUES (154, 'Can change event template', 39, 'change_eventtemplate')
--;
INSERT INTO public.auth_permission VALUES (155, 'Can delete event template', 39, 'delete_eventtemplate')
--;
INSERT INTO public.auth_permission VALUES (156, 'Can view event template', 39, 'view_eventtemplate')
--;
INSERT INTO public.auth_permission VALUES (157, 'Can add exchange', 40, 'add_exchange')
--;
INSERT INTO public.auth_permission VALUES (158, 'Can change exchange', 40, 'change_exchange')
--;
INSERT INTO public.auth_permission VALUES (159, 'Can delete exchange', 40, 'delete_exchange')
--;
INSERT INTO public.auth_permission VALUES (160, 'Can view exchange', 40, 'view_exchange')
--;
INSERT INTO public.auth_permission VALUES (161, 'Can add origin', 41, 'add_origin')
--;
INSERT INTO public.auth_permission VALUES (162, 'Can change origin', 41, 'change_origin')
--;
INSERT INTO public.auth_permission VALUES (163, 'Can delete origin', 41, 'delete_origin')
--;
INSERT INTO public.auth_permission VALUES (164, 'Can view origin', 41, 'view_origin')
--;
INSERT INTO public.auth_permission VALUES (165, 'Can add document', 42, 'add_document')
--;
INSERT INTO public.auth_permission VALUES (166, 'Can change document', 42, 'change_document')
--;
INSERT INTO public.auth_permission VALUES (167, 'Can delete document', 42, 'delete_document')
--;
INSERT INTO public.auth_permission VALUES (168, 'Can view document', 42, 'view_document')
--;
INSERT INTO public.auth_permission VALUES (169, 'Can add text', 43, 'add_text')
--;
INSERT INTO public.auth_permission VALUES (170, 'Can change text', 43, 'change_text')
--;
INSERT INTO public.auth_permission VALUES (171, 'Can delete text', 43, 'delete_text')
--;
INSERT INTO public.auth_permission VALUES (172, 'Can view text', 43, 'view_text')
--;
INSERT INTO public.auth_permission VALUES (173, 'Can add page', 44, 'add_page')
--;
INSERT INTO public.auth_permission VALUES (174, 'Can change page', 44, 'change_page')
--;
INSERT INTO public.auth_permission VALUES (175, 'Can delete page', 44, 'delete_page')
--;
INSERT INTO public.auth_permission VALUES (176, 'Can view page', 44, 'view_page')
--;
INSERT INTO public.auth_permission VALUES (177, 'Can add alliance list', 45, 'add_alliancelist')
--;
INSERT INTO public.auth_permission VALUES (178, 'Can change alliance list', 45, 'change_alliancelist')
--;
INSERT INTO public.auth_permission VALUES (179, 'Can delete alliance list', 45, 'delete_alliancelist')
--;
INSERT INTO public.auth_permission VALUES (180, 'Can view alliance list', 45, 'view_alliancelist')
--;
INSERT INTO public.auth_permission VALUES (181, 'Can add alliance', 46, 'add_alliance')
--;
INSERT INTO public.auth_permission VALUES (182, 'Can change alliance', 46, 'change_alliance')
--;
INSERT INTO public.auth_permission VALUES (183, 'Can delete alliance', 46, 'delete_alliance')
--;
INSERT INTO public.auth_permission VALUES (184, 'Can view alliance', 46, 'view_alliance')
--;
INSERT INTO public.auth_permission VALUES (185, 'Can add alliance member', 47, 'add_alliancemember')
--;
INSERT INTO public.auth_permission VALUES (186, 'Can change alliance member', 47, 'change_alliancemember')
--;
INSERT INTO public.auth_permission VALUES (187, 'Can delete alliance member', 47, 'delete_alliancemember')
--;
INSERT INTO public.auth_permission VALUES (188, 'Can view alliance member', 47, 'view_alliancemember')
--;
INSERT INTO public.auth_permission VALUES (189, 'Can add state list', 48, 'add_statelist')
--;
INSERT INTO public.auth_permission VALUES (190, 'Can change state list', 48, 'change_statelist')
--;
INSERT INTO public.auth_permission VALUES (191, 'Can delete state list', 48, 'delete_statelist')
--;
INSERT INTO public.auth_permission VALUES (192, 'Can view state list', 48, 'view_statelist')
--;
INSERT INTO public.auth_permission VALUES (193, 'Can add cluster', 49, 'add_cluster')
--;
INSERT INTO public.auth_permission VALUES (194, 'Can change cluster', 49, 'change_cluster')
--;
INSERT INTO public.auth_permission VALUES (195, 'Can delete cluster', 49, 'delete_cluster')
--;
INSERT INTO public.auth_permission VALUES (196, 'Can view cluster', 49, 'view_cluster')
--;
INSERT INTO public.auth_permission VALUES (197, 'Can add copy', 50, 'add_copy')
--;
INSERT INTO public.auth_permission VALUES (198, 'Can change copy', 50, 'change_copy')
--;
INSERT INTO public.auth_permission VALUES (199, 'Can delete copy', 50, 'delete_copy')
--;
INSERT INTO public.auth_permission VALUES (200, 'Can view copy', 50, 'view_copy')
--;
INSERT INTO public.auth_permission VALUES (201, 'Can add search log', 51, 'add_searchlog')
--;
INSERT INTO public.auth_permission VALUES (202, 'Can change search log', 51, 'change_searchlog')
--;
INSERT INTO public.auth_permission VALUES (203, 'Can delete search log', 51, 'delete_searchlog')
--;
INSERT INTO public.auth_permission VALUES (204, 'Can view search log', 51, 'view_searchlog')
--;
INSERT INTO public.auth_permission VALUES (205, 'Can add sketch', 52, 'add_sketch')
--;
INSERT INTO public.auth_permission VALUES (206, 'Can change sketch', 52, 'change_sketch')
--;
INSERT INTO public.auth_permission VALUES (207, 'Can delete sketch', 52, 'delete_sketch')
--;
INSERT INTO public.auth_permission VALUES (208, 'Can view sketch', 52, 'view_sketch')
--;
INSERT INTO public.auth_permission VALUES (209, 'Can add likeness', 53, 'add_likeness')
--;
INSERT INTO public.auth_permission VALUES (210, 'Can change likeness', 53, 'change_likeness')
--;
INSERT INTO public.auth_permission VALUES (211, 'Can delete likeness', 53, 'delete_likeness')
--;
INSERT INTO public.auth_permission VALUES (212, 'Can view likeness', 53, 'view_likeness')
--;
INSERT INTO public.auth_permission VALUES (213, 'Can add mention', 54, 'add_mention')
--;
INSERT INTO public.auth_permission VALUES (214, 'Can change mention', 54, 'change_mention')
--;
INSERT INTO public.auth_permission VALUES (215, 'Can delete mention', 54, 'delete_mention')
--;
INSERT INTO public.auth_permission VALUES (216, 'Can view mention', 54, 'view_mention')
--;
INSERT INTO public.auth_permission VALUES (217, 'Can add search range', 55, 'add_searchrange')
--;
INSERT INTO public.auth_permission VALUES (218, 'Can change search range', 55, 'change_searchrange')
--;
INSERT INTO public.auth_permission VALUES (219, 'Can delete search range', 55, 'delete_searchrange')
--;
INSERT INTO public.auth_permission VALUES (220, 'Can view search range', 55, 'view_searchrange')
--;
INSERT INTO public.auth_permission VALUES (221, 'Can add outline', 56, 'add_outline')
--;
INSERT INTO public.auth_permission VALUES (222, 'Can change outline', 56, 'change_outline')
--;
INSERT INTO public.auth_permission VALUES (223, 'Can delete outline', 56, 'delete_outline')
--;
INSERT INTO public.auth_permission VALUES (224, 'Can view outline', 56, 'view_outline')
--;
INSERT INTO public.auth_permission VALUES (225, 'Can add section', 57, 'add_section')
--;
INSERT INTO public.auth_permission VALUES (226, 'Can change section', 57, 'change_section')
--;
INSERT INTO public.auth_permission VALUES (227, 'Can delete section', 57, 'delete_section')
--;
INSERT INTO public.auth_permission VALUES (228, 'Can view section', 57, 'view_section')
--;
INSERT INTO public.auth_permission VALUES (229, 'Can add collection', 58, 'add_collection')
--;
INSERT INTO public.auth_permission VALUES (230, 'Can change collection', 58, 'change_collection')
--;
INSERT INTO public.auth_permission VALUES (231, 'Can delete collection', 58, 'delete_collection')
--;
INSERT INTO public.auth_permission VALUES (232, 'Can view collection', 58, 'view_collection')
--;
INSERT INTO public.auth_permission VALUES (233, 'Can add collection line', 59, 'add_collectionline')
--;
INSERT INTO public.auth_permission VALUES (234, 'Can change collection line', 59, 'change_collectionline')
--;
INSERT INTO public.auth_permission VALUES (235, 'Can delete collection line', 59, 'delete_collectionline')
--;
INSERT INTO public.auth_permission VALUES (236, 'Can view collection line', 59, 'view_collectionline')
--;
INSERT INTO public.auth_permission VALUES (237, 'Can add article range', 60, 'add_articlerange')
--;
INSERT INTO public.auth_permission VALUES (238, 'Can change article range', 60, 'change_articlerange')
--;
INSERT INTO public.auth_permission VALUES (239, 'Can delete article range', 60, 'delete_articlerange')
--;
INSERT INTO public.auth_permission VALUES (240, 'Can view article range', 60, 'view_articlerange')
--;
INSERT INTO public.auth_permission VALUES (241, 'Can add project', 61, 'add_project')
--;
INSERT INTO public.auth_permission VALUES (242, 'Can change project', 61, 'change_project')
--;
INSERT INTO public.auth_permission VALUES (243, 'Can delete project', 61, 'delete_project')
--;
INSERT INTO public.auth_permission VALUES (244, 'Can view project', 61, 'view_project')
--;
INSERT INTO public.auth_permission VALUES (245, 'Can add user', 62, 'add_user')
--;
INSERT INTO public.auth_permission VALUES (246, 'Can change user', 62, 'change_user')
--;
INSERT INTO public.auth_permission VALUES (247, 'Can delete user', 62, 'delete_user')
--;
INSERT INTO public.auth_permission VALUES (248, 'Can view user', 62, 'view_user')
--;
INSERT INTO public.auth_permission VALUES (249, 'Can add ledger line', 63, 'add_ledgerline')
--;
INSERT INTO public.auth_permission VALUES (250, 'Can change ledger line', 63, 'change_ledgerline')
--;
INSERT INTO public.auth_permission VALUES (251, 'Can delete ledger line', 63, 'delete_ledgerline')
--;
INSERT INTO public.auth_permission VALUES (252, 'Can view ledger line', 63, 'view_ledgerline')
--;
INSERT INTO public.auth_permission VALUES (253, 'Can add api token', 64, 'add_apitoken')
--;
INSERT INTO public.auth_permission VALUES (254, 'Can change api token', 64, 'change_apitoken')
--;
INSERT INTO public.auth_permission VALUES (255, 'Can delete api token', 64, 'delete_apitoken')
--;
INSERT INTO public.auth_permission VALUES (256, 'Can view api token', 64, 'view_apitoken')
--;
INSERT INTO public.auth_permission VALUES (257, 'Can add membership', 65, 'add_membership')
--;
INSERT INTO public.auth_permission VALUES (258, 'Can change membership', 65, 'change_membership')
--;
INSERT INTO public.auth_permission VALUES (259, 'Can delete membership', 65, 'delete_membership')
--;
INSERT INTO public.auth_permission VALUES (260, 'Can view membership', 65, 'view_membership')
--;
INSERT INTO public.auth_permission VALUES (261, 'Can add job', 66, 'add_job')
--;
INSERT INTO public.auth_permission VALUES (262, 'Can change job', 66, 'change_job')
--;
INSERT INTO public.auth_permission VALUES (263, 'Can delete job', 66, 'delete_job')
--;
INSERT INTO public.auth_permission VALUES (264, 'Can view job', 66, 'view_job')
--;
INSERT INTO public.auth_permission VALUES (265, 'Can add ledger head', 67, 'add_ledgerhead')
--;
INSERT INTO public.auth_permission VALUES (266, 'Can change ledger head', 67, 'change_ledgerhead')
--;
INSERT INTO public.auth_permission VALUES (267, 'Can delete ledger head', 67, 'delete_ledgerhead')
--;
INSERT INTO public.auth_permission VALUES (268, 'Can view ledger head', 67, 'view_ledgerhead')
--;
INSERT INTO public.auth_permission VALUES (269, 'Can add reset link', 68, 'add_resetlink')
--;
INSERT INTO public.auth_permission VALUES (270, 'Can change reset link', 68, 'change_resetlink')
--;
INSERT INTO public.auth_permission VALUES (271, 'Can delete reset link', 68, 'delete_resetlink')
--;
INSERT INTO public.auth_permission VALUES (272, 'Can view reset link', 68, 'view_resetlink')
--;
INSERT INTO public.auth_permission VALUES (273, 'Can add invitation', 69, 'add_invitation')
--;
INSERT INTO public.auth_permission VALUES (274, 'Can change invitation', 69, 'change_invitation')
--;
INSERT INTO public.auth_permission VALUES (275, 'Can delete invitation', 69, 'delete_invitation')
--;
INSERT INTO public.auth_permission VALUES (276, 'Can view invitation', 69, 'view_invitation')
--;
INSERT INTO public.auth_permission VALUES (277, 'Can add webhook', 70, 'add_webhook')
--;
INSERT INTO public.auth_permission VALUES (278, 'Can change webhook', 70, 'change_webhook')
--;
INSERT INTO public.auth_permission VALUES (279, 'Can delete webhook', 70, 'delete_webhook')
--;
INSERT INTO public.auth_permission VALUES (280, 'Can view webhook', 70, 'view_webhook')
--;
INSERT INTO public.auth_permission VALUES (281, 'Can add kept answer', 71, 'add_keptanswer')
--;
INSERT INTO public.auth_permission VALUES (282, 'Can change kept answer', 71, 'change_keptanswer')
--;
INSERT INTO public.auth_permission VALUES (283, 'Can delete kept answer', 71, 'delete_keptanswer')
--;
INSERT INTO public.auth_permission VALUES (284, 'Can view kept answer', 71, 'view_keptanswer')
--;
INSERT INTO public.auth_permission VALUES (285, 'Can add delivery', 72, 'add_delivery')
--;
INSERT INTO public.auth_permission VALUES (286, 'Can change delivery', 72, 'change_delivery')
--;
INSERT INTO public.auth_permission VALUES (287, 'Can delete delivery', 72, 'delete_delivery')
--;
INSERT INTO public.auth_permission VALUES (288, 'Can view delivery', 72, 'view_delivery')
--;
INSERT INTO public.auth_permission VALUES (289, 'Can add email address', 73, 'add_emailaddress')
--;
INSERT INTO public.auth_permission VALUES (290, 'Can change email address', 73, 'change_emailaddress')
--;
INSERT INTO public.auth_permission VALUES (291, 'Can delete email address', 73, 'delete_emailaddress')
--;
INSERT INTO public.auth_permission VALUES (292, 'Can view email address', 73, 'view_emailaddress')
--;
INSERT INTO public.auth_permission VALUES (293, 'Can add email confirmation', 74, 'add_emailconfirmation')
--;
INSERT INTO public.auth_permission VALUES (294, 'Can change email confirmation', 74, 'change_emailconfirmation')
--;
INSERT INTO public.auth_permission VALUES (295, 'Can delete email confirmation', 74, 'delete_emailconfirmation')
--;
INSERT INTO public.auth_permission VALUES (296, 'Can view email confirmation', 74, 'view_emailconfirmation')
--;
INSERT INTO public.auth_permission VALUES (297, 'Can add authenticator', 75, 'add_authenticator')
--;
INSERT INTO public.auth_permission VALUES (298, 'Can change authenticator', 75, 'change_authenticator')
--;
INSERT INTO public.auth_permission VALUES (299, 'Can delete authenticator', 75, 'delete_authenticator')
--;
INSERT INTO public.auth_permission VALUES (300, 'Can view authenticator', 75, 'view_authenticator')
--;
INSERT INTO public.auth_permission VALUES (301, 'Can add user session', 76, 'add_usersession')
--;
INSERT INTO public.auth_permission VALUES (302, 'Can change user session', 76, 'change_usersession')
--;
INSERT INTO public.auth_permission VALUES (303, 'Can delete user session', 76, 'delete_usersession')
--;
INSERT INTO public.auth_permission VALUES (304, 'Can view user session', 76, 'view_usersession')
--;
INSERT INTO public.auth_permission VALUES (305, 'Can add social account', 77, 'add_socialaccount')
--;
INSERT INTO public.auth_permission VALUES (306, 'Can change social account', 77, 'change_socialaccount')
--;
INSERT INTO public.auth_permission VALUES (307, 'Can delete social account', 77, 'delete_socialaccount')
--;
INSERT INTO public.auth_permission VALUES (308, 'Can view social account', 77, 'view_socialaccount')
--;
INSERT INTO public.auth_permission VALUES (309, 'Can add social application', 78, 'add_socialapp')
--;
INSERT INTO public.auth_permission VALUES (310, 'Can change social application', 78, 'change_socialapp')
--;
INSERT INTO public.auth_permission VALUES (311, 'Can delete social application', 78, 'delete_socialapp')
--;
INSERT INTO public.auth_permission VALUES (312, 'Can view social application', 78, 'view_socialapp')
--;
INSERT INTO public.auth_permission VALUES (313, 'Can add social application token', 79, 'add_socialtoken')
--;
INSERT INTO public.auth_permission VALUES (314, 'Can change social application token', 79, 'change_socialtoken')
--;
INSERT INTO public.auth_permission VALUES (315, 'Can delete social application token', 79, 'delete_socialtoken')
--;
INSERT INTO public.auth_permission VALUES (316, 'Can view social application token', 79, 'view_socialtoken')
--;
INSERT INTO public.auth_permission VALUES (317, 'Can add access attempt', 80, 'add_accessattempt')
--;
INSERT INTO public.auth_permission VALUES (318, 'Can change access attempt', 80, 'change_accessattempt')
--;
INSERT INTO public.auth_permission VALUES (319, 'Can delete access attempt', 80, 'delete_accessattempt')
--;
INSERT INTO public.auth_permission VALUES (320, 'Can view access attempt', 80, 'view_accessattempt')
--;
INSERT INTO public.auth_permission VALUES (321, 'Can add access log', 81, 'add_accesslog')
--;
INSERT INTO public.auth_permission VALUES (322, 'Can change access log', 81, 'change_accesslog')
--;
INSERT INTO public.auth_permission VALUES (323, 'Can delete access log', 81, 'delete_accesslog')
--;
INSERT INTO public.auth_permission VALUES (324, 'Can view access log', 81, 'view_accesslog')
--;
INSERT INTO public.auth_permission VALUES (325, 'Can add access failure', 82, 'add_accessfailurelog')
--;
INSERT INTO public.auth_permission VALUES (326, 'Can change access failure', 82, 'change_accessfailurelog')
--;
INSERT INTO public.auth_permission VALUES (327, 'Can delete access failure', 82, 'delete_accessfailurelog')
--;
INSERT INTO public.auth_permission VALUES (328, 'Can view access failure', 82, 'view_accessfailurelog')
--;
INSERT INTO public.auth_permission VALUES (329, 'Can add access attempt expiration', 83, 'add_accessattemptexpiration')
--;
INSERT INTO public.auth_permission VALUES (330, 'Can change access attempt expiration', 83, 'change_accessattemptexpiration')
--;
INSERT INTO public.auth_permission VALUES (331, 'Can delete access attempt expiration', 83, 'delete_accessattemptexpiration')
--;
INSERT INTO public.auth_permission VALUES (332, 'Can view access attempt expiration', 83, 'view_accessattemptexpiration')
--;
INSERT INTO public.auth_permission VALUES (333, 'Can add permission', 84, 'add_permission')
--;
INSERT INTO public.auth_permission VALUES (334, 'Can change permission', 84, 'change_permission')
--;
INSERT INTO public.auth_permission VALUES (335, 'Can delete permission', 84, 'delete_permission')
--;
INSERT INTO public.auth_permission VALUES (336, 'Can view permission', 84, 'view_permission')
--;
INSERT INTO public.auth_permission VALUES (337, 'Can add group', 85, 'add_group')
--;
INSERT INTO public.auth_permission VALUES (338, 'Can change group', 85, 'change_group')
--;
INSERT INTO public.auth_permission VALUES (339, 'Can delete group', 85, 'delete_group')
--;
INSERT INTO public.auth_permission VALUES (340, 'Can view group', 85, 'view_group')
--;
INSERT INTO public.auth_permission VALUES (341, 'Can add content type', 86, 'add_contenttype')
--;
INSERT INTO public.auth_permission VALUES (342, 'Can change content type', 86, 'change_contenttype')
--;
INSERT INTO public.auth_permission VALUES (343, 'Can delete content type', 86, 'delete_contenttype')
--;
INSERT INTO public.auth_permission VALUES (344, 'Can view content type', 86, 'view_contenttype')
--;
INSERT INTO public.auth_permission VALUES (345, 'Can add session', 87, 'add_session')
--;
INSERT INTO public.auth_permission VALUES (346, 'Can change session', 87, 'change_session')
--;
INSERT INTO public.auth_permission VALUES (347, 'Can delete session', 87, 'delete_session')
--;
INSERT INTO public.auth_permission VALUES (348, 'Can view session', 87, 'view_session')
--;
INSERT INTO public.django_content_type VALUES (1, 'datasets', 'release')
--;
INSERT INTO public.django_content_type VALUES (2, 'datasets', 'releasefile')
--;
INSERT INTO public.django_content_type VALUES (3, 'datasets', 'dataset')
--;
INSERT INTO public.django_content_type VALUES (4, 'datasets', 'searchedyears')
--;
INSERT INTO public.django_content_type VALUES (5, 'datasets', 'waiver')
--;
INSERT INTO public.django_content_type VALUES (6, 'reconciliation', 'group')
--;
INSERT INTO public.django_content_type VALUES (7, 'reconciliation', 'decision')
--;
INSERT INTO public.django_content_type VALUES (8, 'reconciliation', 'incident')
--;
INSERT INTO public.django_content_type VALUES (9, 'reconciliation', 'member')
--;
INSERT INTO public.django_content_type VALUES (10, 'reconciliation', 'position')
--;
INSERT INTO public.django_content_type VALUES (11, 'reconciliation', 'resolvedevent')
--;
INSERT INTO public.django_content_type VALUES (12, 'reconciliation', 'report')
--;
INSERT INTO public.django_content_type VALUES (13, 'reconciliation', 'run')
--;
INSERT INTO public.django_content_type VALUES (14, 'reconciliation', 'figure')
--;
INSERT INTO public.django_content_type VALUES (15, 'reconciliation', 'aligneddocument')
--;
INSERT INTO public.django_content_type VALUES (16, 'reconciliation', 'regrouping')
--;
INSERT INTO public.django_content_type VALUES (17, 'reconciliation', 'distinction')
--;
INSERT INTO public.django_content_type VALUES (18, 'reconciliation', 'proposal')
--;
INSERT INTO public.django_content_type VALUES (19, 'reconciliation', 'assessment')
--;
INSERT INTO public.django_content_type VALUES (20, 'reconciliation', 'proof')
--;
INSERT INTO public.django_content_type VALUES (21, 'reconciliation', 'routine')
--;
INSERT INTO public.django_content_type VALUES (22, 'reconciliation', 'handling')
--;
INSERT INTO public.django_content_type VALUES (23, 'reconciliation', 'preference')
--;
INSERT INTO public.django_content_type VALUES (24, 'coding', 'assignment')
--;
INSERT INTO public.django_content_type VALUES (25, 'coding', 'codebook')
--;
INSERT INTO public.django_content_type VALUES (26, 'coding', 'event')
--;
INSERT INTO public.django_content_type VALUES (27, 'coding', 'operation')
--;
INSERT INTO public.django_content_type VALUES (28, 'coding', 'passage')
--;
INSERT INTO public.django_content_type VALUES (29, 'coding', 'evidence')
--;
INSERT INTO public.django_content_type VALUES (30, 'coding', 'round')
--;
INSERT INTO public.django_content_type VALUES (31, 'coding', 'manuscript')
--;
INSERT INTO public.django_content_type VALUES (32, 'coding', 'secondlook')
--;
INSERT INTO public.django_content_type VALUES (33, 'coding', 'settlement')
--;
INSERT INTO public.django_content_type VALUES (34, 'coding', 'codebooknote')
--;
INSERT INTO public.django_content_type VALUES (35, 'coding', 'keychoice')
--;
INSERT INTO public.django_content_type VALUES (36, 'coding', 'question')
--;
INSERT INTO public.django_content_type VALUES (37, 'coding', 'stint')
--;
INSERT INTO public.django_content_type VALUES (38, 'coding', 'draftnote')
--;
INSERT INTO public.django_content_type VALUES (39, 'coding', 'eventtemplate')
--;
INSERT INTO public.django_content_type VALUES (40, 'coding', 'exchange')
--;
INSERT INTO public.django_content_type VALUES (41, 'coding', 'origin')
--;
INSERT INTO public.django_content_type VALUES (42, 'sources', 'document')
--;
INSERT INTO public.django_content_type VALUES (43, 'sources', 'text')
--;
INSERT INTO public.django_content_type VALUES (44, 'sources', 'page')
--;
INSERT INTO public.django_content_type VALUES (45, 'sources', 'alliancelist')
--;
INSERT INTO public.django_content_type VALUES (46, 'sources', 'alliance')
--;
INSERT INTO public.django_content_type VALUES (47, 'sources', 'alliancemember')
--;
INSERT INTO public.django_content_type VALUES (48, 'sources', 'statelist')
--;
INSERT INTO public.django_content_type VALUES (49, 'sources', 'cluster')
--;
INSERT INTO public.django_content_type VALUES (50, 'sources', 'copy')
--;
INSERT INTO public.django_content_type VALUES (51, 'sources', 'searchlog')
--;
INSERT INTO public.django_content_type VALUES (52, 'sources', 'sketch')
--;
INSERT INTO public.django_content_type VALUES (53, 'sources', 'likeness')
--;
INSERT INTO public.django_content_type VALUES (54, 'sources', 'mention')
--;
INSERT INTO public.django_content_type VALUES (55, 'sources', 'searchrange')
--;
INSERT INTO public.django_content_type VALUES (56, 'sources', 'outline')
--;
INSERT INTO public.django_content_type VALUES (57, 'sources', 'section')
--;
INSERT INTO public.django_content_type VALUES (58, 'sources', 'collection')
--;
INSERT INTO public.django_content_type VALUES (59, 'sources', 'collectionline')
--;
INSERT INTO public.django_content_type VALUES (60, 'sources', 'articlerange')
--;
INSERT INTO public.django_content_type VALUES (61, 'projects', 'project')
--;
INSERT INTO public.django_content_type VALUES (62, 'projects', 'user')
--;
INSERT INTO public.django_content_type VALUES (63, 'projects', 'ledgerline')
--;
INSERT INTO public.django_content_type VALUES (64, 'projects', 'apitoken')
--;
INSERT INTO public.django_content_type VALUES (65, 'projects', 'membership')
--;
INSERT INTO public.django_content_type VALUES (66, 'projects', 'job')
--;
INSERT INTO public.django_content_type VALUES (67, 'projects', 'ledgerhead')
--;
INSERT INTO public.django_content_type VALUES (68, 'projects', 'resetlink')
--;
INSERT INTO public.django_content_type VALUES (69, 'projects', 'invitation')
--;
INSERT INTO public.django_content_type VALUES (70, 'projects', 'webhook')
--;
INSERT INTO public.django_content_type VALUES (71, 'projects', 'keptanswer')
--;
INSERT INTO public.django_content_type VALUES (72, 'projects', 'delivery')
--;
INSERT INTO public.django_content_type VALUES (73, 'account', 'emailaddress')
--;
INSERT INTO public.django_content_type VALUES (74, 'account', 'emailconfirmation')
--;
INSERT INTO public.django_content_type VALUES (75, 'mfa', 'authenticator')
--;
INSERT INTO public.django_content_type VALUES (76, 'usersessions', 'usersession')
--;
INSERT INTO public.django_content_type VALUES (77, 'socialaccount', 'socialaccount')
--;
INSERT INTO public.django_content_type VALUES (78, 'socialaccount', 'socialapp')
--;
INSERT INTO public.django_content_type VALUES (79, 'socialaccount', 'socialtoken')
--;
INSERT INTO public.django_content_type VALUES (80, 'axes', 'accessattempt')
--;
INSERT INTO public.django_content_type VALUES (81, 'axes', 'accesslog')
--;
INSERT INTO public.django_content_type VALUES (82, 'axes', 'accessfailurelog')
--;
INSERT INTO public.django_content_type VALUES (83, 'axes', 'accessattemptexpiration')
--;
INSERT INTO public.django_content_type VALUES (84, 'auth', 'permission')
--;
INSERT INTO public.django_content_type VALUES (85, 'auth', 'group')
--;
INSERT INTO public.django_content_type VALUES (86, 'contenttypes', 'contenttype')
--;
INSERT INTO public.django_content_type VALUES (87, 'sessions', 'session')
--;
INSERT INTO public.django_migrations VALUES (1, 'contenttypes', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (2, 'contenttypes', '0002_remove_content_type_name', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (3, 'auth', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (4, 'auth', '0002_alter_permission_name_max_length', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (5, 'auth', '0003_alter_user_email_max_length', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (6, 'auth', '0004_alter_user_username_opts', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (7, 'auth', '0005_alter_user_last_login_null', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (8, 'auth', '0006_require_contenttypes_0002', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (9, 'auth', '0007_alter_validators_add_error_messages', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (10, 'auth', '0008_alter_user_username_max_length', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (11, 'auth', '0009_alter_user_last_name_max_length', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (12, 'auth', '0010_alter_group_name_max_length', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (13, 'auth', '0011_update_proxy_permissions', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (14, 'auth', '0012_alter_user_first_name_max_length', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (15, 'projects', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (16, 'account', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (17, 'account', '0002_email_max_length', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (18, 'account', '0003_alter_emailaddress_create_unique_verified_email', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (19, 'account', '0004_alter_emailaddress_drop_unique_email', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (20, 'account', '0005_emailaddress_idx_upper_email', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (21, 'account', '0006_emailaddress_lower', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (22, 'account', '0007_emailaddress_idx_email', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (23, 'account', '0008_emailaddress_unique_primary_email_fixup', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (24, 'account', '0009_emailaddress_unique_primary_email', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (25, 'axes', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (26, 'axes', '0002_auto_20151217_2044', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (27, 'axes', '0003_auto_20160322_0929', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (28, 'axes', '0004_auto_20181024_1538', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (29, 'axes', '0005_remove_accessattempt_trusted', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (30, 'axes', '0006_remove_accesslog_trusted', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (31, 'axes', '0007_alter_accessattempt_unique_together', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (32, 'axes', '0008_accessfailurelog', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (33, 'axes', '0009_add_session_hash', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (34, 'axes', '0010_accessattemptexpiration', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (35, 'projects', '0002_ledger_is_append_only', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (36, 'projects', '0003_people_choose_a_language', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (37, 'sources', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (38, 'sources', '0002_texts_never_change', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (39, 'sources', '0003_alliances_and_lists_of_states', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (40, 'sources', '0004_memberships_never_overlap', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (41, 'sources', '0005_finding', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (42, 'sources', '0006_index_and_shingles', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (43, 'sources', '0007_outlines_and_parties', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (44, 'sources', '0008_documents_come_from_collections', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (45, 'coding', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (46, 'coding', '0002_operations_and_published_codebooks_never_change', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (47, 'coding', '0003_manuscripts_and_second_looks', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (48, 'coding', '0004_settlements_of_passages', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (49, 'coding', '0005_rounds_in_full', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (50, 'coding', '0006_questions_working_time_and_keys', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (51, 'coding', '0007_draft_notes', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (52, 'coding', '0008_event_templates', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (53, 'coding', '0009_exchanges_and_origins', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (54, 'datasets', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (55, 'datasets', '0002_published_releases_never_change', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (56, 'datasets', '0003_checks_waivers_and_what_a_release_says', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (57, 'datasets', '0004_published_releases_keep_what_they_say', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (58, 'mfa', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (59, 'mfa', '0002_authenticator_timestamps', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (60, 'mfa', '0003_authenticator_type_uniq', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (61, 'projects', '0004_ledgers_have_an_end', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (62, 'projects', '0005_who_gets_in', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (63, 'projects', '0006_webhooks_and_kept_answers', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (64, 'projects', '0007_jobs_know_since_when_they_wait', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (65, 'projects', '0008_members_put_the_guide_away', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (66, 'projects', '0009_people_have_a_handle', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (67, 'sources', '0009_beginnings_need_no_index', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (68, 'sources', '0010_notes_and_where_parties_were_read', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (69, 'sources', '0011_articles_and_same_texts', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (70, 'sources', '0012_articles_told', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (71, 'sources', '0013_one_document_per_article', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (72, 'sources', '0014_articles_are_found', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (73, 'reconciliation', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (74, 'reconciliation', '0002_decisions_never_change', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (75, 'reconciliation', '0003_regroupings', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (76, 'reconciliation', '0004_labels_of_members', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (77, 'reconciliation', '0005_proposals_and_distinctions', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (78, 'reconciliation', '0006_assessments', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (79, 'reconciliation', '0007_figures_taken_apart', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (80, 'reconciliation', '0008_proofs_routines_and_runs_of_documents', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (81, 'reconciliation', '0009_handlings', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (82, 'reconciliation', '0010_preferences_of_incidents', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (83, 'reconciliation', '0011_proofs_may_be_blackened', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (84, 'sessions', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (85, 'socialaccount', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (86, 'socialaccount', '0002_token_max_lengths', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (87, 'socialaccount', '0003_extra_data_default_dict', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (88, 'socialaccount', '0004_app_provider_id_settings', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (89, 'socialaccount', '0005_socialtoken_nullable_app', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (90, 'socialaccount', '0006_alter_socialaccount_extra_data', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (91, 'sources', '0015_ranges_are_found_by_index', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (92, 'sources', '0016_documents_are_taken_down', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (93, 'sources', '0017_collections_say_whether_they_are_found', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (94, 'sources', '0018_references_found_by_other_indexes', CURRENT_TIMESTAMP)
--;
INSERT INTO public.django_migrations VALUES (95, 'usersessions', '0001_initial', CURRENT_TIMESTAMP)
--;
SELECT pg_catalog.setval('public.account_emailaddress_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.account_emailconfirmation_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.auth_permission_id_seq', 348, true)
--;
SELECT pg_catalog.setval('public.axes_accessattempt_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.axes_accessfailurelog_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.axes_accesslog_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.coding_assignment_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.coding_codebook_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.coding_codebooknote_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.coding_draftnote_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.coding_event_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.coding_eventtemplate_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.coding_evidence_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.coding_exchange_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.coding_keychoice_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.coding_manuscript_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.coding_operation_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.coding_origin_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.coding_passage_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.coding_question_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.coding_round_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.coding_secondlook_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.coding_settlement_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.coding_stint_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.datasets_dataset_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.datasets_release_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.datasets_releasefile_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.datasets_searchedyears_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.datasets_waiver_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.django_content_type_id_seq', 87, true)
--;
SELECT pg_catalog.setval('public.django_migrations_id_seq', 95, true)
--;
SELECT pg_catalog.setval('public.mfa_authenticator_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.projects_apitoken_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.projects_delivery_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.projects_invitation_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.projects_job_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.projects_keptanswer_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.projects_ledgerhead_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.projects_ledgerline_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.projects_membership_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.projects_project_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.projects_resetlink_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.projects_user_groups_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.projects_user_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.projects_user_user_permissions_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.projects_webhook_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.reconciliation_aligneddocument_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.reconciliation_assessment_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.reconciliation_decision_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.reconciliation_distinction_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.reconciliation_figure_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.reconciliation_group_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.reconciliation_handling_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.reconciliation_incident_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.reconciliation_member_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.reconciliation_position_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.reconciliation_preference_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.reconciliation_proof_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.reconciliation_proposal_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.reconciliation_regrouping_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.reconciliation_report_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.reconciliation_resolvedevent_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.reconciliation_routine_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.reconciliation_run_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.socialaccount_socialaccount_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.socialaccount_socialapp_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.socialaccount_socialtoken_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.sources_alliance_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.sources_alliancelist_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.sources_alliancemember_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.sources_articlerange_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.sources_cluster_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.sources_collection_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.sources_collectionline_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.sources_copy_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.sources_document_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.sources_likeness_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.sources_mention_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.sources_outline_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.sources_page_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.sources_searchlog_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.sources_searchrange_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.sources_section_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.sources_statelist_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.sources_text_id_seq', 1, false)
--;
SELECT pg_catalog.setval('public.usersessions_usersession_id_seq', 1, false)
--;
ALTER TABLE ONLY public.reconciliation_aligneddocument
    ADD CONSTRAINT a_document_aligned_once_per_round UNIQUE (round_id, document_id)
--;
ALTER TABLE ONLY public.reconciliation_figure
    ADD CONSTRAINT a_figure_once_per_run UNIQUE (run_id, question, field, type, subject, coefficient, level)
--;
ALTER TABLE ONLY public.reconciliation_proof
    ADD CONSTRAINT a_passage_proves_a_decision_once UNIQUE (decision_id, start, "end")
--;
ALTER TABLE ONLY public.coding_question
    ADD CONSTRAINT a_question_counts_once UNIQUE (assignment_id, uid)
--;
ALTER TABLE ONLY public.coding_stint
    ADD CONSTRAINT a_stint_counts_once UNIQUE (assignment_id, uid)
--;
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email)
--;
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key)
--;
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_alliancelist
    ADD CONSTRAINT alliance_lists_numbered UNIQUE (project_id, n)
--;
ALTER TABLE ONLY public.coding_eventtemplate
    ADD CONSTRAINT an_event_template_counts_once UNIQUE (round_id, coder_id, uid)
--;
ALTER TABLE ONLY public.coding_eventtemplate
    ADD CONSTRAINT an_event_template_has_its_own_name UNIQUE (round_id, coder_id, name)
--;
ALTER TABLE ONLY public.coding_operation
    ADD CONSTRAINT an_operation_counts_once UNIQUE (assignment_id, uid)
--;
ALTER TABLE ONLY public.sources_articlerange
    ADD CONSTRAINT article_ranges_by_number UNIQUE (number, text_id, start, "end")
--;
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name)
--;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id)
--;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename)
--;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.axes_accessattempt
    ADD CONSTRAINT axes_accessattempt_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.axes_accessattempt
    ADD CONSTRAINT axes_accessattempt_username_ip_address_user_agent_8ea22282_uniq UNIQUE (username, ip_address, user_agent)
--;
ALTER TABLE ONLY public.axes_accessattemptexpiration
    ADD CONSTRAINT axes_accessattemptexpiration_pkey PRIMARY KEY (access_attempt_id)
--;
ALTER TABLE ONLY public.axes_accessfailurelog
    ADD CONSTRAINT axes_accessfailurelog_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.axes_accesslog
    ADD CONSTRAINT axes_accesslog_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.coding_codebook
    ADD CONSTRAINT codebooks_of_a_project_numbered UNIQUE (project_id, n)
--;
ALTER TABLE ONLY public.coding_assignment
    ADD CONSTRAINT coding_assignment_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.coding_assignment
    ADD CONSTRAINT coding_assignment_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.coding_codebook
    ADD CONSTRAINT coding_codebook_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.coding_codebooknote
    ADD CONSTRAINT coding_codebooknote_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.coding_codebooknote
    ADD CONSTRAINT coding_codebooknote_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.coding_draftnote
    ADD CONSTRAINT coding_draftnote_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.coding_draftnote
    ADD CONSTRAINT coding_draftnote_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.coding_event
    ADD CONSTRAINT coding_event_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.coding_eventtemplate
    ADD CONSTRAINT coding_eventtemplate_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.coding_evidence
    ADD CONSTRAINT coding_evidence_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.coding_exchange
    ADD CONSTRAINT coding_exchange_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.coding_exchange
    ADD CONSTRAINT coding_exchange_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.coding_keychoice
    ADD CONSTRAINT coding_keychoice_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.coding_keychoice
    ADD CONSTRAINT coding_keychoice_user_id_key UNIQUE (user_id)
--;
ALTER TABLE ONLY public.coding_manuscript
    ADD CONSTRAINT coding_manuscript_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.coding_operation
    ADD CONSTRAINT coding_operation_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.coding_origin
    ADD CONSTRAINT coding_origin_assignment_id_key UNIQUE (assignment_id)
--;
ALTER TABLE ONLY public.coding_origin
    ADD CONSTRAINT coding_origin_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.coding_passage
    ADD CONSTRAINT coding_passage_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.coding_question
    ADD CONSTRAINT coding_question_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.coding_question
    ADD CONSTRAINT coding_question_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.coding_round
    ADD CONSTRAINT coding_round_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.coding_round
    ADD CONSTRAINT coding_round_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.coding_secondlook
    ADD CONSTRAINT coding_secondlook_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.coding_secondlook
    ADD CONSTRAINT coding_secondlook_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.coding_settlement
    ADD CONSTRAINT coding_settlement_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.coding_stint
    ADD CONSTRAINT coding_stint_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.datasets_dataset
    ADD CONSTRAINT datasets_dataset_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.datasets_dataset
    ADD CONSTRAINT datasets_dataset_project_id_key UNIQUE (project_id)
--;
ALTER TABLE ONLY public.datasets_release
    ADD CONSTRAINT datasets_release_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.datasets_releasefile
    ADD CONSTRAINT datasets_releasefile_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.datasets_searchedyears
    ADD CONSTRAINT datasets_searchedyears_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.datasets_waiver
    ADD CONSTRAINT datasets_waiver_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model)
--;
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key)
--;
ALTER TABLE ONLY public.coding_event
    ADD CONSTRAINT events_have_ids UNIQUE (assignment_id, uid)
--;
ALTER TABLE ONLY public.reconciliation_group
    ADD CONSTRAINT groups_of_a_document_numbered UNIQUE (round_id, document_id, n)
--;
ALTER TABLE ONLY public.reconciliation_incident
    ADD CONSTRAINT incidents_numbered UNIQUE (project_id, n)
--;
ALTER TABLE ONLY public.projects_ledgerline
    ADD CONSTRAINT ledger_lines_numbered UNIQUE (project_id, n)
--;
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_alliance
    ADD CONSTRAINT one_alliance_per_reference UNIQUE (project_id, reference)
--;
ALTER TABLE ONLY public.projects_keptanswer
    ADD CONSTRAINT one_answer_per_key UNIQUE (user_id, key)
--;
ALTER TABLE ONLY public.coding_assignment
    ADD CONSTRAINT one_assignment_per_coder UNIQUE (round_id, document_id, coder_id, sitting)
--;
ALTER TABLE ONLY public.sources_collection
    ADD CONSTRAINT one_collection_per_content UNIQUE (project_id, sha256)
--;
ALTER TABLE ONLY public.sources_collection
    ADD CONSTRAINT one_collection_per_label UNIQUE (project_id, label)
--;
ALTER TABLE ONLY public.sources_document
    ADD CONSTRAINT one_document_per_external_id UNIQUE (project_id, external_id)
--;
ALTER TABLE ONLY public.reconciliation_member
    ADD CONSTRAINT one_event_per_reading_in_a_group UNIQUE (group_id, label)
--;
ALTER TABLE ONLY public.datasets_releasefile
    ADD CONSTRAINT one_file_per_path UNIQUE (release_id, part, path)
--;
ALTER TABLE ONLY public.projects_membership
    ADD CONSTRAINT one_label_per_project UNIQUE (project_id, label)
--;
ALTER TABLE ONLY public.sources_likeness
    ADD CONSTRAINT one_likeness_per_pair UNIQUE (first_id, second_id)
--;
ALTER TABLE ONLY public.coding_evidence
    ADD CONSTRAINT one_link_per_field_and_passage UNIQUE (event_id, passage_id, field)
--;
ALTER TABLE ONLY public.coding_manuscript
    ADD CONSTRAINT one_manuscript_each UNIQUE (project_id, person_id)
--;
ALTER TABLE ONLY public.projects_membership
    ADD CONSTRAINT one_membership_per_person UNIQUE (project_id, user_id)
--;
ALTER TABLE ONLY public.sources_mention
    ADD CONSTRAINT one_mention_per_state UNIQUE (document_id, ccode)
--;
ALTER TABLE ONLY public.reconciliation_position
    ADD CONSTRAINT one_position_per_field UNIQUE (group_id, field)
--;
ALTER TABLE ONLY public.datasets_release
    ADD CONSTRAINT one_release_per_version UNIQUE (project_id, version)
--;
ALTER TABLE ONLY public.coding_round
    ADD CONSTRAINT one_round_per_name UNIQUE (project_id, name)
--;
ALTER TABLE ONLY public.sources_section
    ADD CONSTRAINT one_section_per_passage UNIQUE (outline_id, start, "end")
--;
ALTER TABLE ONLY public.sources_alliancemember
    ADD CONSTRAINT one_spell_of_a_member_per_start UNIQUE (alliance_id, ccode, start)
--;
ALTER TABLE ONLY public.datasets_waiver
    ADD CONSTRAINT one_waiver_per_check UNIQUE (release_id, check_name)
--;
ALTER TABLE ONLY public.coding_operation
    ADD CONSTRAINT operations_numbered UNIQUE (assignment_id, n)
--;
ALTER TABLE ONLY public.sources_outline
    ADD CONSTRAINT outlines_of_a_text_numbered UNIQUE (text_id, n)
--;
ALTER TABLE ONLY public.sources_page
    ADD CONSTRAINT pages_of_a_text_numbered UNIQUE (text_id, number)
--;
ALTER TABLE ONLY public.coding_passage
    ADD CONSTRAINT passages_have_ids UNIQUE (assignment_id, uid)
--;
ALTER TABLE ONLY public.projects_apitoken
    ADD CONSTRAINT projects_apitoken_hash_key UNIQUE (hash)
--;
ALTER TABLE ONLY public.projects_apitoken
    ADD CONSTRAINT projects_apitoken_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.projects_delivery
    ADD CONSTRAINT projects_delivery_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.projects_delivery
    ADD CONSTRAINT projects_delivery_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.projects_invitation
    ADD CONSTRAINT projects_invitation_hash_key UNIQUE (hash)
--;
ALTER TABLE ONLY public.projects_invitation
    ADD CONSTRAINT projects_invitation_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.projects_invitation
    ADD CONSTRAINT projects_invitation_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.projects_job
    ADD CONSTRAINT projects_job_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.projects_job
    ADD CONSTRAINT projects_job_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.projects_keptanswer
    ADD CONSTRAINT projects_keptanswer_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.projects_ledgerhead
    ADD CONSTRAINT projects_ledgerhead_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.projects_ledgerhead
    ADD CONSTRAINT projects_ledgerhead_project_id_key UNIQUE (project_id)
--;
ALTER TABLE ONLY public.projects_ledgerline
    ADD CONSTRAINT projects_ledgerline_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.projects_membership
    ADD CONSTRAINT projects_membership_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.projects_membership
    ADD CONSTRAINT projects_membership_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.projects_project
    ADD CONSTRAINT projects_project_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.projects_project
    ADD CONSTRAINT projects_project_slug_key UNIQUE (slug)
--;
ALTER TABLE ONLY public.projects_resetlink
    ADD CONSTRAINT projects_resetlink_hash_key UNIQUE (hash)
--;
ALTER TABLE ONLY public.projects_resetlink
    ADD CONSTRAINT projects_resetlink_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.projects_user_groups
    ADD CONSTRAINT projects_user_groups_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.projects_user_groups
    ADD CONSTRAINT projects_user_groups_user_id_group_id_554e169f_uniq UNIQUE (user_id, group_id)
--;
ALTER TABLE ONLY public.projects_user
    ADD CONSTRAINT projects_user_handle_b8379f6d_uniq UNIQUE (handle)
--;
ALTER TABLE ONLY public.projects_user
    ADD CONSTRAINT projects_user_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.projects_user_user_permissions
    ADD CONSTRAINT projects_user_user_permi_user_id_permission_id_ed30fad9_uniq UNIQUE (user_id, permission_id)
--;
ALTER TABLE ONLY public.projects_user_user_permissions
    ADD CONSTRAINT projects_user_user_permissions_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.projects_user
    ADD CONSTRAINT projects_user_username_key UNIQUE (username)
--;
ALTER TABLE ONLY public.projects_webhook
    ADD CONSTRAINT projects_webhook_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.projects_webhook
    ADD CONSTRAINT projects_webhook_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.sources_searchrange
    ADD CONSTRAINT ranges_of_a_document_numbered UNIQUE (document_id, number)
--;
ALTER TABLE ONLY public.reconciliation_aligneddocument
    ADD CONSTRAINT reconciliation_aligneddocument_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.reconciliation_assessment
    ADD CONSTRAINT reconciliation_assessment_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.reconciliation_assessment
    ADD CONSTRAINT reconciliation_assessment_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.reconciliation_assessment
    ADD CONSTRAINT reconciliation_assessment_supersedes_id_key UNIQUE (supersedes_id)
--;
ALTER TABLE ONLY public.reconciliation_decision
    ADD CONSTRAINT reconciliation_decision_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.reconciliation_decision
    ADD CONSTRAINT reconciliation_decision_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.reconciliation_distinction
    ADD CONSTRAINT reconciliation_distinction_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.reconciliation_figure
    ADD CONSTRAINT reconciliation_figure_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.reconciliation_group
    ADD CONSTRAINT reconciliation_group_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.reconciliation_group
    ADD CONSTRAINT reconciliation_group_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.reconciliation_handling
    ADD CONSTRAINT reconciliation_handling_decision_id_key UNIQUE (decision_id)
--;
ALTER TABLE ONLY public.reconciliation_handling
    ADD CONSTRAINT reconciliation_handling_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.reconciliation_handling
    ADD CONSTRAINT reconciliation_handling_question_id_key UNIQUE (question_id)
--;
ALTER TABLE ONLY public.reconciliation_incident
    ADD CONSTRAINT reconciliation_incident_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.reconciliation_member
    ADD CONSTRAINT reconciliation_member_event_id_key UNIQUE (event_id)
--;
ALTER TABLE ONLY public.reconciliation_member
    ADD CONSTRAINT reconciliation_member_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.reconciliation_position
    ADD CONSTRAINT reconciliation_position_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.reconciliation_preference
    ADD CONSTRAINT reconciliation_preference_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.reconciliation_proof
    ADD CONSTRAINT reconciliation_proof_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.reconciliation_proposal
    ADD CONSTRAINT reconciliation_proposal_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.reconciliation_regrouping
    ADD CONSTRAINT reconciliation_regrouping_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.reconciliation_regrouping
    ADD CONSTRAINT reconciliation_regrouping_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.reconciliation_report
    ADD CONSTRAINT reconciliation_report_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.reconciliation_report
    ADD CONSTRAINT reconciliation_report_resolved_event_id_key UNIQUE (resolved_event_id)
--;
ALTER TABLE ONLY public.reconciliation_resolvedevent
    ADD CONSTRAINT reconciliation_resolvedevent_group_id_key UNIQUE (group_id)
--;
ALTER TABLE ONLY public.reconciliation_resolvedevent
    ADD CONSTRAINT reconciliation_resolvedevent_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.reconciliation_resolvedevent
    ADD CONSTRAINT reconciliation_resolvedevent_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.reconciliation_routine
    ADD CONSTRAINT reconciliation_routine_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.reconciliation_routine
    ADD CONSTRAINT reconciliation_routine_round_id_key UNIQUE (round_id)
--;
ALTER TABLE ONLY public.reconciliation_run
    ADD CONSTRAINT reconciliation_run_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.reconciliation_run
    ADD CONSTRAINT runs_of_a_round_numbered UNIQUE (round_id, n)
--;
ALTER TABLE ONLY public.coding_settlement
    ADD CONSTRAINT settlements_numbered UNIQUE (assignment_id, passage, text_id, n)
--;
ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_provider_uid_fc810c6e_uniq UNIQUE (provider, uid)
--;
ALTER TABLE ONLY public.socialaccount_socialapp
    ADD CONSTRAINT socialaccount_socialapp_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_app_id_account_id_fca4e0ac_uniq UNIQUE (app_id, account_id)
--;
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_alliance
    ADD CONSTRAINT sources_alliance_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_alliance
    ADD CONSTRAINT sources_alliance_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.sources_alliancelist
    ADD CONSTRAINT sources_alliancelist_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_alliancemember
    ADD CONSTRAINT sources_alliancemember_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_articlerange
    ADD CONSTRAINT sources_articlerange_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_cluster
    ADD CONSTRAINT sources_cluster_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_cluster
    ADD CONSTRAINT sources_cluster_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.sources_cluster
    ADD CONSTRAINT sources_cluster_representative_id_key UNIQUE (representative_id)
--;
ALTER TABLE ONLY public.sources_collection
    ADD CONSTRAINT sources_collection_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_collection
    ADD CONSTRAINT sources_collection_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.sources_collectionline
    ADD CONSTRAINT sources_collectionline_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_copy
    ADD CONSTRAINT sources_copy_document_id_key UNIQUE (document_id)
--;
ALTER TABLE ONLY public.sources_copy
    ADD CONSTRAINT sources_copy_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_document
    ADD CONSTRAINT sources_document_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_document
    ADD CONSTRAINT sources_document_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.sources_likeness
    ADD CONSTRAINT sources_likeness_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_mention
    ADD CONSTRAINT sources_mention_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_outline
    ADD CONSTRAINT sources_outline_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_page
    ADD CONSTRAINT sources_page_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_searchlog
    ADD CONSTRAINT sources_searchlog_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_searchlog
    ADD CONSTRAINT sources_searchlog_public_id_key UNIQUE (public_id)
--;
ALTER TABLE ONLY public.sources_searchrange
    ADD CONSTRAINT sources_searchrange_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_section
    ADD CONSTRAINT sources_section_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_shingle
    ADD CONSTRAINT sources_shingle_pkey PRIMARY KEY (hash, document_id)
--;
ALTER TABLE ONLY public.sources_sketch
    ADD CONSTRAINT sources_sketch_pkey PRIMARY KEY (document_id)
--;
ALTER TABLE ONLY public.sources_statelist
    ADD CONSTRAINT sources_statelist_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_text
    ADD CONSTRAINT sources_text_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.sources_statelist
    ADD CONSTRAINT state_lists_numbered UNIQUE (project_id, n)
--;
ALTER TABLE ONLY public.sources_text
    ADD CONSTRAINT texts_of_a_document_numbered UNIQUE (document_id, n)
--;
ALTER TABLE ONLY public.reconciliation_distinction
    ADD CONSTRAINT two_incidents_said_once UNIQUE (first_id, second_id)
--;
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_pkey PRIMARY KEY (id)
--;
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_session_key_key UNIQUE (session_key)
--;
CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email)
--;
CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops)
--;
CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id)
--;
CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id)
--;
CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops)
--;
CREATE UNIQUE INDEX an_assessment_begins_once ON public.reconciliation_assessment USING btree (alliance_id, provider, recipient, type, year) WHERE (supersedes_id IS NULL)
--;
CREATE INDEX answers_by_age ON public.projects_keptanswer USING btree (kept_at)
--;
CREATE INDEX assessments_of_alliances ON public.reconciliation_assessment USING btree (project_id, alliance_id, year)
--;
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops)
--;
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id)
--;
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id)
--;
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id)
--;
CREATE INDEX axes_accessattempt_ip_address_10922d9c ON public.axes_accessattempt USING btree (ip_address)
--;
CREATE INDEX axes_accessattempt_user_agent_ad89678b ON public.axes_accessattempt USING btree (user_agent)
--;
CREATE INDEX axes_accessattempt_user_agent_ad89678b_like ON public.axes_accessattempt USING btree (user_agent varchar_pattern_ops)
--;
CREATE INDEX axes_accessattempt_username_3f2d4ca0 ON public.axes_accessattempt USING btree (username)
--;
CREATE INDEX axes_accessattempt_username_3f2d4ca0_like ON public.axes_accessattempt USING btree (username varchar_pattern_ops)
--;
CREATE INDEX axes_accessfailurelog_ip_address_2e9f5a7f ON public.axes_accessfailurelog USING btree (ip_address)
--;
CREATE INDEX axes_accessfailurelog_user_agent_ea145dda ON public.axes_accessfailurelog USING btree (user_agent)
--;
CREATE INDEX axes_accessfailurelog_user_agent_ea145dda_like ON public.axes_accessfailurelog USING btree (user_agent varchar_pattern_ops)
--;
CREATE INDEX axes_accessfailurelog_username_a8b7e8a4 ON public.axes_accessfailurelog USING btree (username)
--;
CREATE INDEX axes_accessfailurelog_username_a8b7e8a4_like ON public.axes_accessfailurelog USING btree (username varchar_pattern_ops)
--;
CREATE INDEX axes_accesslog_ip_address_86b417e5 ON public.axes_accesslog USING btree (ip_address)
--;
CREATE INDEX axes_accesslog_user_agent_0e659004 ON public.axes_accesslog USING btree (user_agent)
--;
CREATE INDEX axes_accesslog_user_agent_0e659004_like ON public.axes_accesslog USING btree (user_agent varchar_pattern_ops)
--;
CREATE INDEX axes_accesslog_username_df93064b ON public.axes_accesslog USING btree (username)
--;
CREATE INDEX axes_accesslog_username_df93064b_like ON public.axes_accesslog USING btree (username varchar_pattern_ops)
--;
CREATE INDEX coding_assignment_coder_id_5ebd34af ON public.coding_assignment USING btree (coder_id)
--;
CREATE INDEX coding_assignment_document_id_70fa700d ON public.coding_assignment USING btree (document_id)
--;
CREATE INDEX coding_assignment_public_id_f289b7ed_like ON public.coding_assignment USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX coding_assignment_round_id_3d1cd4a4 ON public.coding_assignment USING btree (round_id)
--;
CREATE INDEX coding_assignment_taken_over_from_id_1603f958 ON public.coding_assignment USING btree (taken_over_from_id)
--;
CREATE INDEX coding_assignment_text_id_1ef5047c ON public.coding_assignment USING btree (text_id)
--;
CREATE INDEX coding_codebook_project_id_c6962968 ON public.coding_codebook USING btree (project_id)
--;
CREATE INDEX coding_codebook_published_by_id_b5aeb922 ON public.coding_codebook USING btree (published_by_id)
--;
CREATE INDEX coding_codebooknote_codebook_id_06bb1bd2 ON public.coding_codebooknote USING btree (codebook_id)
--;
CREATE INDEX coding_codebooknote_made_by_id_0f693cc4 ON public.coding_codebooknote USING btree (made_by_id)
--;
CREATE INDEX coding_codebooknote_public_id_bdf10a2d_like ON public.coding_codebooknote USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX coding_draftnote_done_by_id_9eeb6664 ON public.coding_draftnote USING btree (done_by_id)
--;
CREATE INDEX coding_draftnote_made_by_id_a1a781a0 ON public.coding_draftnote USING btree (made_by_id)
--;
CREATE INDEX coding_draftnote_project_id_31fe4748 ON public.coding_draftnote USING btree (project_id)
--;
CREATE INDEX coding_draftnote_public_id_43d79365_like ON public.coding_draftnote USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX coding_event_assignment_id_ebb36a5d ON public.coding_event USING btree (assignment_id)
--;
CREATE INDEX coding_eventtemplate_coder_id_390e8dc9 ON public.coding_eventtemplate USING btree (coder_id)
--;
CREATE INDEX coding_eventtemplate_round_id_c603f9d8 ON public.coding_eventtemplate USING btree (round_id)
--;
CREATE INDEX coding_evidence_event_id_38882186 ON public.coding_evidence USING btree (event_id)
--;
CREATE INDEX coding_evidence_passage_id_82378731 ON public.coding_evidence USING btree (passage_id)
--;
CREATE INDEX coding_exchange_by_id_9d84e5dc ON public.coding_exchange USING btree (by_id)
--;
CREATE INDEX coding_exchange_project_id_b8519898 ON public.coding_exchange USING btree (project_id)
--;
CREATE INDEX coding_exchange_public_id_62435338_like ON public.coding_exchange USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX coding_manuscript_person_id_9cadf4e8 ON public.coding_manuscript USING btree (person_id)
--;
CREATE INDEX coding_manuscript_project_id_b2001fa4 ON public.coding_manuscript USING btree (project_id)
--;
CREATE INDEX coding_operation_assignment_id_3f8d8e54 ON public.coding_operation USING btree (assignment_id)
--;
CREATE INDEX coding_operation_by_id_55f6d9b5 ON public.coding_operation USING btree (by_id)
--;
CREATE INDEX coding_origin_exchange_id_0ee8c659 ON public.coding_origin USING btree (exchange_id)
--;
CREATE INDEX coding_passage_assignment_id_0f93e5ff ON public.coding_passage USING btree (assignment_id)
--;
CREATE INDEX coding_question_answered_by_id_57772a7c ON public.coding_question USING btree (answered_by_id)
--;
CREATE INDEX coding_question_assignment_id_8d5939a7 ON public.coding_question USING btree (assignment_id)
--;
CREATE INDEX coding_question_public_id_ccde9b2c_like ON public.coding_question USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX coding_round_codebook_id_493f34fd ON public.coding_round USING btree (codebook_id)
--;
CREATE INDEX coding_round_project_id_a543378f ON public.coding_round USING btree (project_id)
--;
CREATE INDEX coding_round_public_id_7c89569e_like ON public.coding_round USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX coding_secondlook_assignment_id_0505ada5 ON public.coding_secondlook USING btree (assignment_id)
--;
CREATE INDEX coding_secondlook_codebook_id_a4891658 ON public.coding_secondlook USING btree (codebook_id)
--;
CREATE INDEX coding_secondlook_event_id_8df48bdf ON public.coding_secondlook USING btree (event_id)
--;
CREATE INDEX coding_secondlook_public_id_f35fb2f7_like ON public.coding_secondlook USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX coding_settlement_assignment_id_dc190f2d ON public.coding_settlement USING btree (assignment_id)
--;
CREATE INDEX coding_settlement_by_id_3baadc6b ON public.coding_settlement USING btree (by_id)
--;
CREATE INDEX coding_settlement_text_id_2b18e32f ON public.coding_settlement USING btree (text_id)
--;
CREATE INDEX coding_stint_assignment_id_62f83fd1 ON public.coding_stint USING btree (assignment_id)
--;
CREATE INDEX datasets_release_made_by_id_9e4a81c5 ON public.datasets_release USING btree (made_by_id)
--;
CREATE INDEX datasets_release_project_id_b1cbaeff ON public.datasets_release USING btree (project_id)
--;
CREATE INDEX datasets_release_published_by_id_01d14510 ON public.datasets_release USING btree (published_by_id)
--;
CREATE INDEX datasets_releasefile_release_id_c189ed32 ON public.datasets_releasefile USING btree (release_id)
--;
CREATE INDEX datasets_searchedyears_by_id_d04547f3 ON public.datasets_searchedyears USING btree (by_id)
--;
CREATE INDEX datasets_searchedyears_project_id_4791fe84 ON public.datasets_searchedyears USING btree (project_id)
--;
CREATE INDEX datasets_waiver_by_id_edebcd13 ON public.datasets_waiver USING btree (by_id)
--;
CREATE INDEX datasets_waiver_release_id_7b2a257b ON public.datasets_waiver USING btree (release_id)
--;
CREATE INDEX deliveries_to_try ON public.projects_delivery USING btree (state, due_at)
--;
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date)
--;
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops)
--;
CREATE INDEX documents_by_state ON public.sources_document USING btree (project_id, state)
--;
CREATE INDEX documents_by_state_named ON public.sources_mention USING btree (ccode, document_id)
--;
CREATE INDEX jobs_to_claim ON public.projects_job USING btree (state, lease_until)
--;
CREATE INDEX lines_of_a_collection ON public.sources_collectionline USING btree (collection_id, number)
--;
CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id)
--;
CREATE UNIQUE INDEX one_document_per_article ON public.sources_document USING btree (project_id, article) WHERE ((NOT ((state)::text = 'retired'::text)) AND (NOT ((article)::text = ''::text)))
--;
CREATE UNIQUE INDEX one_document_per_content ON public.sources_document USING btree (project_id, sha256) WHERE ((NOT ((state)::text = 'retired'::text)) AND ((article)::text = ''::text))
--;
CREATE UNIQUE INDEX one_waiting_job_per_subject ON public.projects_job USING btree (kind, subject) WHERE ((state)::text = 'queued'::text)
--;
CREATE INDEX open_second_looks ON public.coding_secondlook USING btree (assignment_id, answer)
--;
CREATE INDEX origins_by_fingerprint ON public.coding_origin USING btree (fingerprint)
--;
CREATE INDEX projects_apitoken_hash_135d0541_like ON public.projects_apitoken USING btree (hash varchar_pattern_ops)
--;
CREATE INDEX projects_apitoken_project_id_f2e7dd79 ON public.projects_apitoken USING btree (project_id)
--;
CREATE INDEX projects_apitoken_user_id_a07e154c ON public.projects_apitoken USING btree (user_id)
--;
CREATE INDEX projects_delivery_public_id_0c9fd13f_like ON public.projects_delivery USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX projects_delivery_webhook_id_bc8782ba ON public.projects_delivery USING btree (webhook_id)
--;
CREATE INDEX projects_invitation_by_id_b95bf016 ON public.projects_invitation USING btree (by_id)
--;
CREATE INDEX projects_invitation_hash_f95c8a35_like ON public.projects_invitation USING btree (hash varchar_pattern_ops)
--;
CREATE INDEX projects_invitation_membership_id_8f67ceb7 ON public.projects_invitation USING btree (membership_id)
--;
CREATE INDEX projects_invitation_project_id_344791e0 ON public.projects_invitation USING btree (project_id)
--;
CREATE INDEX projects_invitation_public_id_23446b57_like ON public.projects_invitation USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX projects_job_by_id_acd4b21d ON public.projects_job USING btree (by_id)
--;
CREATE INDEX projects_job_project_id_f3780fa1 ON public.projects_job USING btree (project_id)
--;
CREATE INDEX projects_job_public_id_115aa1ba_like ON public.projects_job USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX projects_keptanswer_user_id_e4392242 ON public.projects_keptanswer USING btree (user_id)
--;
CREATE INDEX projects_membership_project_id_5f65bf3f ON public.projects_membership USING btree (project_id)
--;
CREATE INDEX projects_membership_public_id_b5ddc958_like ON public.projects_membership USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX projects_membership_user_id_13374535 ON public.projects_membership USING btree (user_id)
--;
CREATE INDEX projects_project_slug_2d50067a_like ON public.projects_project USING btree (slug varchar_pattern_ops)
--;
CREATE INDEX projects_resetlink_by_id_86d45959 ON public.projects_resetlink USING btree (by_id)
--;
CREATE INDEX projects_resetlink_hash_970a27dd_like ON public.projects_resetlink USING btree (hash varchar_pattern_ops)
--;
CREATE INDEX projects_resetlink_project_id_85f6788d ON public.projects_resetlink USING btree (project_id)
--;
CREATE INDEX projects_resetlink_user_id_dbcd2235 ON public.projects_resetlink USING btree (user_id)
--;
CREATE INDEX projects_user_groups_group_id_64787f80 ON public.projects_user_groups USING btree (group_id)
--;
CREATE INDEX projects_user_groups_user_id_6adcaa90 ON public.projects_user_groups USING btree (user_id)
--;
CREATE INDEX projects_user_handle_b8379f6d_like ON public.projects_user USING btree (handle varchar_pattern_ops)
--;
CREATE INDEX projects_user_user_permissions_permission_id_5793fcf2 ON public.projects_user_user_permissions USING btree (permission_id)
--;
CREATE INDEX projects_user_user_permissions_user_id_e73dd49a ON public.projects_user_user_permissions USING btree (user_id)
--;
CREATE INDEX projects_user_username_112c478b_like ON public.projects_user USING btree (username varchar_pattern_ops)
--;
CREATE INDEX projects_webhook_made_by_id_25e67aa6 ON public.projects_webhook USING btree (made_by_id)
--;
CREATE INDEX projects_webhook_project_id_c764cb37 ON public.projects_webhook USING btree (project_id)
--;
CREATE INDEX projects_webhook_public_id_bcfd2519_like ON public.projects_webhook USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX proposals_nearest ON public.reconciliation_proposal USING btree (project_id, distance, id)
--;
CREATE INDEX queue_in_a_round ON public.coding_assignment USING btree (coder_id, round_id, queue_key)
--;
CREATE INDEX queue_of_a_coder ON public.coding_assignment USING btree (coder_id, state, queue_key)
--;
CREATE INDEX reconciliation_aligneddocument_document_id_77ead5a4 ON public.reconciliation_aligneddocument USING btree (document_id)
--;
CREATE INDEX reconciliation_aligneddocument_round_id_fccf62c1 ON public.reconciliation_aligneddocument USING btree (round_id)
--;
CREATE INDEX reconciliation_assessment_alliance_id_75e318ca ON public.reconciliation_assessment USING btree (alliance_id)
--;
CREATE INDEX reconciliation_assessment_by_id_3eb3a0d6 ON public.reconciliation_assessment USING btree (by_id)
--;
CREATE INDEX reconciliation_assessment_project_id_2190ae42 ON public.reconciliation_assessment USING btree (project_id)
--;
CREATE INDEX reconciliation_assessment_public_id_80fa3a23_like ON public.reconciliation_assessment USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX reconciliation_decision_adopted_from_id_4265ad8d ON public.reconciliation_decision USING btree (adopted_from_id)
--;
CREATE INDEX reconciliation_decision_by_id_8c5e31a4 ON public.reconciliation_decision USING btree (by_id)
--;
CREATE INDEX reconciliation_decision_group_id_58818078 ON public.reconciliation_decision USING btree (group_id)
--;
CREATE INDEX reconciliation_decision_public_id_553076a5_like ON public.reconciliation_decision USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX reconciliation_decision_supersedes_id_3904cdbd ON public.reconciliation_decision USING btree (supersedes_id)
--;
CREATE INDEX reconciliation_distinction_by_id_531663c7 ON public.reconciliation_distinction USING btree (by_id)
--;
CREATE INDEX reconciliation_distinction_first_id_d485527f ON public.reconciliation_distinction USING btree (first_id)
--;
CREATE INDEX reconciliation_distinction_project_id_8153eccc ON public.reconciliation_distinction USING btree (project_id)
--;
CREATE INDEX reconciliation_distinction_second_id_78853438 ON public.reconciliation_distinction USING btree (second_id)
--;
CREATE INDEX reconciliation_figure_run_id_f6690e5c ON public.reconciliation_figure USING btree (run_id)
--;
CREATE INDEX reconciliation_group_document_id_2c4dfaaa ON public.reconciliation_group USING btree (document_id)
--;
CREATE INDEX reconciliation_group_public_id_dab581e6_like ON public.reconciliation_group USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX reconciliation_group_round_id_a6c55e98 ON public.reconciliation_group USING btree (round_id)
--;
CREATE INDEX reconciliation_handling_by_id_78eb9364 ON public.reconciliation_handling USING btree (by_id)
--;
CREATE INDEX reconciliation_handling_note_id_7c2f6921 ON public.reconciliation_handling USING btree (note_id)
--;
CREATE INDEX reconciliation_incident_merged_into_id_c63d0b32 ON public.reconciliation_incident USING btree (merged_into_id)
--;
CREATE INDEX reconciliation_incident_project_id_2dd20c2f ON public.reconciliation_incident USING btree (project_id)
--;
CREATE INDEX reconciliation_member_coder_id_3d509d88 ON public.reconciliation_member USING btree (coder_id)
--;
CREATE INDEX reconciliation_member_group_id_e10e4b2b ON public.reconciliation_member USING btree (group_id)
--;
CREATE INDEX reconciliation_position_decision_id_df1dab2e ON public.reconciliation_position USING btree (decision_id)
--;
CREATE INDEX reconciliation_position_group_id_58faba18 ON public.reconciliation_position USING btree (group_id)
--;
CREATE INDEX reconciliation_preference_by_id_f119fb7b ON public.reconciliation_preference USING btree (by_id)
--;
CREATE INDEX reconciliation_preference_incident_id_de7e2c24 ON public.reconciliation_preference USING btree (incident_id)
--;
CREATE INDEX reconciliation_preference_taken_from_id_7c2e573a ON public.reconciliation_preference USING btree (taken_from_id)
--;
CREATE INDEX reconciliation_proof_decision_id_fa5e9076 ON public.reconciliation_proof USING btree (decision_id)
--;
CREATE INDEX reconciliation_proposal_first_id_bb061a7e ON public.reconciliation_proposal USING btree (first_id)
--;
CREATE INDEX reconciliation_proposal_project_id_0278ee90 ON public.reconciliation_proposal USING btree (project_id)
--;
CREATE INDEX reconciliation_proposal_second_id_f1188c69 ON public.reconciliation_proposal USING btree (second_id)
--;
CREATE INDEX reconciliation_regrouping_by_id_aee163ed ON public.reconciliation_regrouping USING btree (by_id)
--;
CREATE INDEX reconciliation_regrouping_document_id_659f2f4a ON public.reconciliation_regrouping USING btree (document_id)
--;
CREATE INDEX reconciliation_regrouping_public_id_7213c04d_like ON public.reconciliation_regrouping USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX reconciliation_regrouping_round_id_c8a3e346 ON public.reconciliation_regrouping USING btree (round_id)
--;
CREATE INDEX reconciliation_report_incident_id_421c1dcf ON public.reconciliation_report USING btree (incident_id)
--;
CREATE INDEX reconciliation_resolvedevent_public_id_5cc3ae74_like ON public.reconciliation_resolvedevent USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX reconciliation_routine_by_id_f8df15b6 ON public.reconciliation_routine USING btree (by_id)
--;
CREATE INDEX reconciliation_run_by_id_2bba40fc ON public.reconciliation_run USING btree (by_id)
--;
CREATE INDEX reconciliation_run_document_id_07b32485 ON public.reconciliation_run USING btree (document_id)
--;
CREATE INDEX reconciliation_run_round_id_321efbc9 ON public.reconciliation_run USING btree (round_id)
--;
CREATE INDEX regroupings_of_a_document ON public.reconciliation_regrouping USING btree (round_id, document_id)
--;
CREATE INDEX socialaccount_socialaccount_user_id_8146e70c ON public.socialaccount_socialaccount USING btree (user_id)
--;
CREATE INDEX socialaccount_socialtoken_account_id_951f210e ON public.socialaccount_socialtoken USING btree (account_id)
--;
CREATE INDEX socialaccount_socialtoken_app_id_636a42d7 ON public.socialaccount_socialtoken USING btree (app_id)
--;
CREATE INDEX sources_alliance_dropped_by_id_e4893a88 ON public.sources_alliance USING btree (dropped_by_id)
--;
CREATE INDEX sources_alliance_loaded_from_id_49311b16 ON public.sources_alliance USING btree (loaded_from_id)
--;
CREATE INDEX sources_alliance_project_id_5b3e72e0 ON public.sources_alliance USING btree (project_id)
--;
CREATE INDEX sources_alliance_public_id_0e7089ef_like ON public.sources_alliance USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX sources_alliancelist_loaded_by_id_96ecb851 ON public.sources_alliancelist USING btree (loaded_by_id)
--;
CREATE INDEX sources_alliancelist_project_id_fc9d1a79 ON public.sources_alliancelist USING btree (project_id)
--;
CREATE INDEX sources_alliancemember_alliance_id_0f4f73f0 ON public.sources_alliancemember USING btree (alliance_id)
--;
CREATE INDEX sources_articlerange_text_id_b6f2f186 ON public.sources_articlerange USING btree (text_id)
--;
CREATE INDEX sources_cluster_confirmed_by_id_11b2f20a ON public.sources_cluster USING btree (confirmed_by_id)
--;
CREATE INDEX sources_cluster_project_id_b4a6dd5d ON public.sources_cluster USING btree (project_id)
--;
CREATE INDEX sources_cluster_public_id_ab8be933_like ON public.sources_cluster USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX sources_collection_added_by_id_715f6883 ON public.sources_collection USING btree (added_by_id)
--;
CREATE INDEX sources_collection_parent_id_1ad5e52e ON public.sources_collection USING btree (parent_id)
--;
CREATE INDEX sources_collection_project_id_c85dfebf ON public.sources_collection USING btree (project_id)
--;
CREATE INDEX sources_collection_public_id_ec3cbe6f_like ON public.sources_collection USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX sources_collectionline_collection_id_c551b57b ON public.sources_collectionline USING btree (collection_id)
--;
CREATE INDEX sources_collectionline_document_id_839657da ON public.sources_collectionline USING btree (document_id)
--;
CREATE INDEX sources_copy_cluster_id_6ad20663 ON public.sources_copy USING btree (cluster_id)
--;
CREATE INDEX sources_document_collection_id_a4a9ca30 ON public.sources_document USING btree (collection_id)
--;
CREATE INDEX sources_document_current_text_id_6120571b ON public.sources_document USING btree (current_text_id)
--;
CREATE INDEX sources_document_public_id_a45873bc_like ON public.sources_document USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX sources_likeness_first_id_21e29f2d ON public.sources_likeness USING btree (first_id)
--;
CREATE INDEX sources_likeness_rejected_by_id_d17a39ce ON public.sources_likeness USING btree (rejected_by_id)
--;
CREATE INDEX sources_likeness_second_id_c2e895c8 ON public.sources_likeness USING btree (second_id)
--;
CREATE INDEX sources_mention_document_id_c5e8e18c ON public.sources_mention USING btree (document_id)
--;
CREATE INDEX sources_outline_by_id_107cf750 ON public.sources_outline USING btree (by_id)
--;
CREATE INDEX sources_outline_text_id_807c02f2 ON public.sources_outline USING btree (text_id)
--;
CREATE INDEX sources_page_text_id_ee3785e9 ON public.sources_page USING btree (text_id)
--;
CREATE INDEX sources_searchlog_by_id_88604095 ON public.sources_searchlog USING btree (by_id)
--;
CREATE INDEX sources_searchlog_project_id_ecaff1cf ON public.sources_searchlog USING btree (project_id)
--;
CREATE INDEX sources_searchlog_public_id_ecdb60ba_like ON public.sources_searchlog USING btree (public_id varchar_pattern_ops)
--;
CREATE INDEX sources_searchrange_document_id_f1fe1015 ON public.sources_searchrange USING btree (document_id)
--;
CREATE INDEX sources_searchrange_tokens ON public.sources_searchrange USING gin (tokens)
--;
CREATE INDEX sources_section_outline_id_24b6a2f6 ON public.sources_section USING btree (outline_id)
--;
CREATE INDEX sources_section_parent_id_22755bf3 ON public.sources_section USING btree (parent_id)
--;
CREATE INDEX sources_sketch_text_id_ee45868c ON public.sources_sketch USING btree (text_id)
--;
CREATE INDEX sources_statelist_loaded_by_id_dc0f5b84 ON public.sources_statelist USING btree (loaded_by_id)
--;
CREATE INDEX sources_statelist_project_id_ea653ae8 ON public.sources_statelist USING btree (project_id)
--;
CREATE INDEX state_lists_newest ON public.sources_statelist USING btree (project_id, kind, n)
--;
CREATE INDEX texts_of_the_same_words ON public.sources_text USING btree (sha256)
--;
CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]))
--;
CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary"
--;
CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified
--;
CREATE INDEX usersessions_usersession_session_key_fd35de43_like ON public.usersessions_usersession USING btree (session_key varchar_pattern_ops)
--;
CREATE INDEX usersessions_usersession_user_id_af5e0a6d ON public.usersessions_usersession USING btree (user_id)
--;
CREATE TRIGGER coding_codebook_refuses_delete BEFORE DELETE ON public.coding_codebook FOR EACH ROW EXECUTE FUNCTION public.coding_codebook_refuses_delete()
--;
CREATE TRIGGER coding_codebook_refuses_update BEFORE UPDATE ON public.coding_codebook FOR EACH ROW EXECUTE FUNCTION public.coding_codebook_refuses_update()
--;
CREATE TRIGGER coding_operation_refuses_delete BEFORE DELETE ON public.coding_operation FOR EACH ROW EXECUTE FUNCTION public.coding_operation_refuses_delete()
--;
CREATE TRIGGER coding_operation_refuses_update BEFORE UPDATE ON public.coding_operation FOR EACH ROW EXECUTE FUNCTION public.coding_operation_refuses_update()
--;
CREATE TRIGGER coding_settlement_refuses_delete BEFORE DELETE ON public.coding_settlement FOR EACH ROW EXECUTE FUNCTION public.coding_settlement_refuses_delete()
--;
CREATE TRIGGER coding_settlement_refuses_update BEFORE UPDATE ON public.coding_settlement FOR EACH ROW EXECUTE FUNCTION public.coding_settlement_refuses_update()
--;
CREATE TRIGGER datasets_release_refuses_delete BEFORE DELETE ON public.datasets_release FOR EACH ROW EXECUTE FUNCTION public.datasets_release_refuses_delete()
--;
CREATE TRIGGER datasets_release_refuses_update BEFORE UPDATE ON public.datasets_release FOR EACH ROW EXECUTE FUNCTION public.datasets_release_refuses_update()
--;
CREATE TRIGGER datasets_releasefile_refuses_delete BEFORE DELETE ON public.datasets_releasefile FOR EACH ROW EXECUTE FUNCTION public.datasets_releasefile_refuses_delete()
--;
CREATE TRIGGER datasets_releasefile_refuses_insert BEFORE INSERT ON public.datasets_releasefile FOR EACH ROW EXECUTE FUNCTION public.datasets_releasefile_refuses_insert()
--;
CREATE TRIGGER datasets_releasefile_refuses_update BEFORE UPDATE ON public.datasets_releasefile FOR EACH ROW EXECUTE FUNCTION public.datasets_releasefile_refuses_update()
--;
CREATE TRIGGER datasets_waiver_refuses_delete BEFORE DELETE ON public.datasets_waiver FOR EACH ROW EXECUTE FUNCTION public.datasets_waiver_refuses_delete()
--;
CREATE TRIGGER datasets_waiver_refuses_insert BEFORE INSERT ON public.datasets_waiver FOR EACH ROW EXECUTE FUNCTION public.datasets_waiver_refuses_insert()
--;
CREATE TRIGGER datasets_waiver_refuses_update BEFORE UPDATE ON public.datasets_waiver FOR EACH ROW EXECUTE FUNCTION public.datasets_waiver_refuses_update()
--;
CREATE TRIGGER projects_ledgerhead_refuses_delete BEFORE DELETE ON public.projects_ledgerhead FOR EACH ROW EXECUTE FUNCTION public.projects_ledgerhead_refuses_delete()
--;
CREATE TRIGGER projects_ledgerhead_refuses_truncate BEFORE TRUNCATE ON public.projects_ledgerhead FOR EACH STATEMENT EXECUTE FUNCTION public.projects_ledgerhead_refuses_truncate()
--;
CREATE TRIGGER projects_ledgerhead_refuses_update BEFORE UPDATE ON public.projects_ledgerhead FOR EACH ROW EXECUTE FUNCTION public.projects_ledgerhead_refuses_update()
--;
CREATE TRIGGER projects_ledgerline_refuses_delete BEFORE DELETE ON public.projects_ledgerline FOR EACH ROW EXECUTE FUNCTION public.projects_ledgerline_refuses_delete()
--;
CREATE TRIGGER projects_ledgerline_refuses_truncate BEFORE TRUNCATE ON public.projects_ledgerline FOR EACH STATEMENT EXECUTE FUNCTION public.projects_ledgerline_refuses_truncate()
--;
CREATE TRIGGER projects_ledgerline_refuses_update BEFORE UPDATE ON public.projects_ledgerline FOR EACH ROW EXECUTE FUNCTION public.projects_ledgerline_refuses_update()
--;
CREATE TRIGGER reconciliation_assessment_refuses_delete BEFORE DELETE ON public.reconciliation_assessment FOR EACH ROW EXECUTE FUNCTION public.reconciliation_assessment_refuses_delete()
--;
CREATE TRIGGER reconciliation_assessment_refuses_update BEFORE UPDATE ON public.reconciliation_assessment FOR EACH ROW EXECUTE FUNCTION public.reconciliation_assessment_refuses_update()
--;
CREATE TRIGGER reconciliation_decision_refuses_delete BEFORE DELETE ON public.reconciliation_decision FOR EACH ROW EXECUTE FUNCTION public.reconciliation_decision_refuses_delete()
--;
CREATE TRIGGER reconciliation_decision_refuses_update BEFORE UPDATE ON public.reconciliation_decision FOR EACH ROW EXECUTE FUNCTION public.reconciliation_decision_refuses_update()
--;
CREATE TRIGGER reconciliation_distinction_refuses_delete BEFORE DELETE ON public.reconciliation_distinction FOR EACH ROW EXECUTE FUNCTION public.reconciliation_distinction_refuses_delete()
--;
CREATE TRIGGER reconciliation_distinction_refuses_update BEFORE UPDATE ON public.reconciliation_distinction FOR EACH ROW EXECUTE FUNCTION public.reconciliation_distinction_refuses_update()
--;
CREATE TRIGGER reconciliation_preference_refuses_delete BEFORE DELETE ON public.reconciliation_preference FOR EACH ROW EXECUTE FUNCTION public.reconciliation_preference_refuses_delete()
--;
CREATE TRIGGER reconciliation_preference_refuses_update BEFORE UPDATE ON public.reconciliation_preference FOR EACH ROW EXECUTE FUNCTION public.reconciliation_preference_refuses_update()
--;
CREATE TRIGGER reconciliation_proof_refuses_delete BEFORE DELETE ON public.reconciliation_proof FOR EACH ROW EXECUTE FUNCTION public.reconciliation_proof_refuses_delete()
--;
CREATE TRIGGER reconciliation_proof_refuses_update BEFORE UPDATE ON public.reconciliation_proof FOR EACH ROW EXECUTE FUNCTION public.reconciliation_proof_refuses_update()
--;
CREATE TRIGGER reconciliation_regrouping_refuses_delete BEFORE DELETE ON public.reconciliation_regrouping FOR EACH ROW EXECUTE FUNCTION public.reconciliation_regrouping_refuses_delete()
--;
CREATE TRIGGER reconciliation_regrouping_refuses_update BEFORE UPDATE ON public.reconciliation_regrouping FOR EACH ROW EXECUTE FUNCTION public.reconciliation_regrouping_refuses_update()
--;
CREATE TRIGGER sources_alliancelist_refuses_delete BEFORE DELETE ON public.sources_alliancelist FOR EACH ROW EXECUTE FUNCTION public.sources_alliancelist_refuses_delete()
--;
CREATE TRIGGER sources_alliancelist_refuses_update BEFORE UPDATE ON public.sources_alliancelist FOR EACH ROW EXECUTE FUNCTION public.sources_alliancelist_refuses_update()
--;
CREATE TRIGGER sources_alliancemember_refuses_insert BEFORE INSERT ON public.sources_alliancemember FOR EACH ROW EXECUTE FUNCTION public.sources_alliancemember_refuses_insert()
--;
CREATE TRIGGER sources_alliancemember_refuses_update BEFORE UPDATE ON public.sources_alliancemember FOR EACH ROW EXECUTE FUNCTION public.sources_alliancemember_refuses_update()
--;
CREATE TRIGGER sources_outline_refuses_delete BEFORE DELETE ON public.sources_outline FOR EACH ROW EXECUTE FUNCTION public.sources_outline_refuses_delete()
--;
CREATE TRIGGER sources_outline_refuses_update BEFORE UPDATE ON public.sources_outline FOR EACH ROW EXECUTE FUNCTION public.sources_outline_refuses_update()
--;
CREATE TRIGGER sources_page_refuses_delete BEFORE DELETE ON public.sources_page FOR EACH ROW EXECUTE FUNCTION public.sources_page_refuses_delete()
--;
CREATE TRIGGER sources_page_refuses_update BEFORE UPDATE ON public.sources_page FOR EACH ROW EXECUTE FUNCTION public.sources_page_refuses_update()
--;
CREATE TRIGGER sources_searchlog_refuses_delete BEFORE DELETE ON public.sources_searchlog FOR EACH ROW EXECUTE FUNCTION public.sources_searchlog_refuses_delete()
--;
CREATE TRIGGER sources_searchlog_refuses_update BEFORE UPDATE ON public.sources_searchlog FOR EACH ROW EXECUTE FUNCTION public.sources_searchlog_refuses_update()
--;
CREATE TRIGGER sources_section_refuses_delete BEFORE DELETE ON public.sources_section FOR EACH ROW EXECUTE FUNCTION public.sources_section_refuses_delete()
--;
CREATE TRIGGER sources_section_refuses_update BEFORE UPDATE ON public.sources_section FOR EACH ROW EXECUTE FUNCTION public.sources_section_refuses_update()
--;
CREATE TRIGGER sources_statelist_refuses_delete BEFORE DELETE ON public.sources_statelist FOR EACH ROW EXECUTE FUNCTION public.sources_statelist_refuses_delete()
--;
CREATE TRIGGER sources_statelist_refuses_update BEFORE UPDATE ON public.sources_statelist FOR EACH ROW EXECUTE FUNCTION public.sources_statelist_refuses_update()
--;
CREATE TRIGGER sources_text_refuses_delete BEFORE DELETE ON public.sources_text FOR EACH ROW EXECUTE FUNCTION public.sources_text_refuses_delete()
--;
CREATE TRIGGER sources_text_refuses_update BEFORE UPDATE ON public.sources_text FOR EACH ROW EXECUTE FUNCTION public.sources_text_refuses_update()
--;
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_projects_user_id FOREIGN KEY (user_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.axes_accessattemptexpiration
    ADD CONSTRAINT axes_accessattemptex_access_attempt_id_6b73a47a_fk_axes_acce FOREIGN KEY (access_attempt_id) REFERENCES public.axes_accessattempt(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_assignment
    ADD CONSTRAINT coding_assignment_coder_id_5ebd34af_fk_projects_membership_id FOREIGN KEY (coder_id) REFERENCES public.projects_membership(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_assignment
    ADD CONSTRAINT coding_assignment_document_id_70fa700d_fk_sources_document_id FOREIGN KEY (document_id) REFERENCES public.sources_document(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_assignment
    ADD CONSTRAINT coding_assignment_round_id_3d1cd4a4_fk_coding_round_id FOREIGN KEY (round_id) REFERENCES public.coding_round(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_assignment
    ADD CONSTRAINT coding_assignment_taken_over_from_id_1603f958_fk_coding_as FOREIGN KEY (taken_over_from_id) REFERENCES public.coding_assignment(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_assignment
    ADD CONSTRAINT coding_assignment_text_id_1ef5047c_fk_sources_text_id FOREIGN KEY (text_id) REFERENCES public.sources_text(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_codebook
    ADD CONSTRAINT coding_codebook_project_id_c6962968_fk_projects_project_id FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_codebook
    ADD CONSTRAINT coding_codebook_published_by_id_b5aeb922_fk_projects_user_id FOREIGN KEY (published_by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_codebooknote
    ADD CONSTRAINT coding_codebooknote_codebook_id_06bb1bd2_fk_coding_codebook_id FOREIGN KEY (codebook_id) REFERENCES public.coding_codebook(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_codebooknote
    ADD CONSTRAINT coding_codebooknote_made_by_id_0f693cc4_fk_projects_user_id FOREIGN KEY (made_by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_draftnote
    ADD CONSTRAINT coding_draftnote_done_by_id_9eeb6664_fk_projects_user_id FOREIGN KEY (done_by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_draftnote
    ADD CONSTRAINT coding_draftnote_made_by_id_a1a781a0_fk_projects_user_id FOREIGN KEY (made_by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_draftnote
    ADD CONSTRAINT coding_draftnote_project_id_31fe4748_fk_projects_project_id FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_event
    ADD CONSTRAINT coding_event_assignment_id_ebb36a5d_fk_coding_assignment_id FOREIGN KEY (assignment_id) REFERENCES public.coding_assignment(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_eventtemplate
    ADD CONSTRAINT coding_eventtemplate_coder_id_390e8dc9_fk_projects_ FOREIGN KEY (coder_id) REFERENCES public.projects_membership(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_eventtemplate
    ADD CONSTRAINT coding_eventtemplate_round_id_c603f9d8_fk_coding_round_id FOREIGN KEY (round_id) REFERENCES public.coding_round(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_evidence
    ADD CONSTRAINT coding_evidence_event_id_38882186_fk_coding_event_id FOREIGN KEY (event_id) REFERENCES public.coding_event(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_evidence
    ADD CONSTRAINT coding_evidence_passage_id_82378731_fk_coding_passage_id FOREIGN KEY (passage_id) REFERENCES public.coding_passage(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_exchange
    ADD CONSTRAINT coding_exchange_by_id_9d84e5dc_fk_projects_user_id FOREIGN KEY (by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_exchange
    ADD CONSTRAINT coding_exchange_project_id_b8519898_fk_projects_project_id FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_keychoice
    ADD CONSTRAINT coding_keychoice_user_id_fef696fb_fk_projects_user_id FOREIGN KEY (user_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_manuscript
    ADD CONSTRAINT coding_manuscript_person_id_9cadf4e8_fk_projects_user_id FOREIGN KEY (person_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_manuscript
    ADD CONSTRAINT coding_manuscript_project_id_b2001fa4_fk_projects_project_id FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_operation
    ADD CONSTRAINT coding_operation_assignment_id_3f8d8e54_fk_coding_assignment_id FOREIGN KEY (assignment_id) REFERENCES public.coding_assignment(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_operation
    ADD CONSTRAINT coding_operation_by_id_55f6d9b5_fk_projects_user_id FOREIGN KEY (by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_origin
    ADD CONSTRAINT coding_origin_assignment_id_5b5c2948_fk_coding_assignment_id FOREIGN KEY (assignment_id) REFERENCES public.coding_assignment(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_origin
    ADD CONSTRAINT coding_origin_exchange_id_0ee8c659_fk_coding_exchange_id FOREIGN KEY (exchange_id) REFERENCES public.coding_exchange(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_passage
    ADD CONSTRAINT coding_passage_assignment_id_0f93e5ff_fk_coding_assignment_id FOREIGN KEY (assignment_id) REFERENCES public.coding_assignment(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_question
    ADD CONSTRAINT coding_question_answered_by_id_57772a7c_fk_projects_user_id FOREIGN KEY (answered_by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_question
    ADD CONSTRAINT coding_question_assignment_id_8d5939a7_fk_coding_assignment_id FOREIGN KEY (assignment_id) REFERENCES public.coding_assignment(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_round
    ADD CONSTRAINT coding_round_codebook_id_493f34fd_fk_coding_codebook_id FOREIGN KEY (codebook_id) REFERENCES public.coding_codebook(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_round
    ADD CONSTRAINT coding_round_project_id_a543378f_fk_projects_project_id FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_secondlook
    ADD CONSTRAINT coding_secondlook_assignment_id_0505ada5_fk_coding_as FOREIGN KEY (assignment_id) REFERENCES public.coding_assignment(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_secondlook
    ADD CONSTRAINT coding_secondlook_codebook_id_a4891658_fk_coding_codebook_id FOREIGN KEY (codebook_id) REFERENCES public.coding_codebook(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_secondlook
    ADD CONSTRAINT coding_secondlook_event_id_8df48bdf_fk_coding_event_id FOREIGN KEY (event_id) REFERENCES public.coding_event(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_settlement
    ADD CONSTRAINT coding_settlement_assignment_id_dc190f2d_fk_coding_as FOREIGN KEY (assignment_id) REFERENCES public.coding_assignment(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_settlement
    ADD CONSTRAINT coding_settlement_by_id_3baadc6b_fk_projects_user_id FOREIGN KEY (by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_settlement
    ADD CONSTRAINT coding_settlement_text_id_2b18e32f_fk_sources_text_id FOREIGN KEY (text_id) REFERENCES public.sources_text(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.coding_stint
    ADD CONSTRAINT coding_stint_assignment_id_62f83fd1_fk_coding_assignment_id FOREIGN KEY (assignment_id) REFERENCES public.coding_assignment(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.datasets_dataset
    ADD CONSTRAINT datasets_dataset_project_id_7eef47f2_fk_projects_project_id FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.datasets_release
    ADD CONSTRAINT datasets_release_made_by_id_9e4a81c5_fk_projects_user_id FOREIGN KEY (made_by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.datasets_release
    ADD CONSTRAINT datasets_release_project_id_b1cbaeff_fk_projects_project_id FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.datasets_release
    ADD CONSTRAINT datasets_release_published_by_id_01d14510_fk_projects_user_id FOREIGN KEY (published_by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.datasets_releasefile
    ADD CONSTRAINT datasets_releasefile_release_id_c189ed32_fk_datasets_release_id FOREIGN KEY (release_id) REFERENCES public.datasets_release(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.datasets_searchedyears
    ADD CONSTRAINT datasets_searchedyea_project_id_4791fe84_fk_projects_ FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.datasets_searchedyears
    ADD CONSTRAINT datasets_searchedyears_by_id_d04547f3_fk_projects_user_id FOREIGN KEY (by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.datasets_waiver
    ADD CONSTRAINT datasets_waiver_by_id_edebcd13_fk_projects_user_id FOREIGN KEY (by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.datasets_waiver
    ADD CONSTRAINT datasets_waiver_release_id_7b2a257b_fk_datasets_release_id FOREIGN KEY (release_id) REFERENCES public.datasets_release(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_projects_user_id FOREIGN KEY (user_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.projects_apitoken
    ADD CONSTRAINT projects_apitoken_project_id_f2e7dd79_fk_projects_project_id FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.projects_apitoken
    ADD CONSTRAINT projects_apitoken_user_id_a07e154c_fk_projects_user_id FOREIGN KEY (user_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.projects_delivery
    ADD CONSTRAINT projects_delivery_webhook_id_bc8782ba_fk_projects_webhook_id FOREIGN KEY (webhook_id) REFERENCES public.projects_webhook(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.projects_invitation
    ADD CONSTRAINT projects_invitation_by_id_b95bf016_fk_projects_user_id FOREIGN KEY (by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.projects_invitation
    ADD CONSTRAINT projects_invitation_membership_id_8f67ceb7_fk_projects_ FOREIGN KEY (membership_id) REFERENCES public.projects_membership(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.projects_invitation
    ADD CONSTRAINT projects_invitation_project_id_344791e0_fk_projects_project_id FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.projects_job
    ADD CONSTRAINT projects_job_by_id_acd4b21d_fk_projects_user_id FOREIGN KEY (by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.projects_job
    ADD CONSTRAINT projects_job_project_id_f3780fa1_fk_projects_project_id FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.projects_keptanswer
    ADD CONSTRAINT projects_keptanswer_user_id_e4392242_fk_projects_user_id FOREIGN KEY (user_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.projects_membership
    ADD CONSTRAINT projects_membership_project_id_5f65bf3f_fk_projects_project_id FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.projects_membership
    ADD CONSTRAINT projects_membership_user_id_13374535_fk_projects_user_id FOREIGN KEY (user_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.projects_resetlink
    ADD CONSTRAINT projects_resetlink_by_id_86d45959_fk_projects_user_id FOREIGN KEY (by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.projects_resetlink
    ADD CONSTRAINT projects_resetlink_project_id_85f6788d_fk_projects_project_id FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.projects_resetlink
    ADD CONSTRAINT projects_resetlink_user_id_dbcd2235_fk_projects_user_id FOREIGN KEY (user_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.projects_user_groups
    ADD CONSTRAINT projects_user_groups_group_id_64787f80_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.projects_user_groups
    ADD CONSTRAINT projects_user_groups_user_id_6adcaa90_fk_projects_user_id FOREIGN KEY (user_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.projects_user_user_permissions
    ADD CONSTRAINT projects_user_user_p_permission_id_5793fcf2_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.projects_user_user_permissions
    ADD CONSTRAINT projects_user_user_p_user_id_e73dd49a_fk_projects_ FOREIGN KEY (user_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.projects_webhook
    ADD CONSTRAINT projects_webhook_made_by_id_25e67aa6_fk_projects_user_id FOREIGN KEY (made_by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.projects_webhook
    ADD CONSTRAINT projects_webhook_project_id_c764cb37_fk_projects_project_id FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_aligneddocument
    ADD CONSTRAINT reconciliation_align_document_id_77ead5a4_fk_sources_d FOREIGN KEY (document_id) REFERENCES public.sources_document(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_aligneddocument
    ADD CONSTRAINT reconciliation_align_round_id_fccf62c1_fk_coding_ro FOREIGN KEY (round_id) REFERENCES public.coding_round(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_assessment
    ADD CONSTRAINT reconciliation_asses_alliance_id_75e318ca_fk_sources_a FOREIGN KEY (alliance_id) REFERENCES public.sources_alliance(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_assessment
    ADD CONSTRAINT reconciliation_asses_project_id_2190ae42_fk_projects_ FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_assessment
    ADD CONSTRAINT reconciliation_asses_supersedes_id_64f0f326_fk_reconcili FOREIGN KEY (supersedes_id) REFERENCES public.reconciliation_assessment(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_assessment
    ADD CONSTRAINT reconciliation_assessment_by_id_3eb3a0d6_fk_projects_user_id FOREIGN KEY (by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_decision
    ADD CONSTRAINT reconciliation_decis_adopted_from_id_4265ad8d_fk_coding_ev FOREIGN KEY (adopted_from_id) REFERENCES public.coding_event(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_decision
    ADD CONSTRAINT reconciliation_decis_group_id_58818078_fk_reconcili FOREIGN KEY (group_id) REFERENCES public.reconciliation_group(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_decision
    ADD CONSTRAINT reconciliation_decis_supersedes_id_3904cdbd_fk_reconcili FOREIGN KEY (supersedes_id) REFERENCES public.reconciliation_decision(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_decision
    ADD CONSTRAINT reconciliation_decision_by_id_8c5e31a4_fk_projects_user_id FOREIGN KEY (by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_distinction
    ADD CONSTRAINT reconciliation_disti_first_id_d485527f_fk_reconcili FOREIGN KEY (first_id) REFERENCES public.reconciliation_resolvedevent(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_distinction
    ADD CONSTRAINT reconciliation_disti_project_id_8153eccc_fk_projects_ FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_distinction
    ADD CONSTRAINT reconciliation_disti_second_id_78853438_fk_reconcili FOREIGN KEY (second_id) REFERENCES public.reconciliation_resolvedevent(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_distinction
    ADD CONSTRAINT reconciliation_distinction_by_id_531663c7_fk_projects_user_id FOREIGN KEY (by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_figure
    ADD CONSTRAINT reconciliation_figure_run_id_f6690e5c_fk_reconciliation_run_id FOREIGN KEY (run_id) REFERENCES public.reconciliation_run(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_group
    ADD CONSTRAINT reconciliation_group_document_id_2c4dfaaa_fk_sources_d FOREIGN KEY (document_id) REFERENCES public.sources_document(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_group
    ADD CONSTRAINT reconciliation_group_round_id_a6c55e98_fk_coding_round_id FOREIGN KEY (round_id) REFERENCES public.coding_round(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_handling
    ADD CONSTRAINT reconciliation_handl_decision_id_11be4ce4_fk_reconcili FOREIGN KEY (decision_id) REFERENCES public.reconciliation_decision(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_handling
    ADD CONSTRAINT reconciliation_handl_question_id_81dc4e2d_fk_coding_qu FOREIGN KEY (question_id) REFERENCES public.coding_question(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_handling
    ADD CONSTRAINT reconciliation_handling_by_id_78eb9364_fk_projects_user_id FOREIGN KEY (by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_handling
    ADD CONSTRAINT reconciliation_handling_note_id_7c2f6921_fk_coding_draftnote_id FOREIGN KEY (note_id) REFERENCES public.coding_draftnote(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_incident
    ADD CONSTRAINT reconciliation_incid_merged_into_id_c63d0b32_fk_reconcili FOREIGN KEY (merged_into_id) REFERENCES public.reconciliation_incident(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_incident
    ADD CONSTRAINT reconciliation_incid_project_id_2dd20c2f_fk_projects_ FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_member
    ADD CONSTRAINT reconciliation_membe_coder_id_3d509d88_fk_projects_ FOREIGN KEY (coder_id) REFERENCES public.projects_membership(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_member
    ADD CONSTRAINT reconciliation_membe_group_id_e10e4b2b_fk_reconcili FOREIGN KEY (group_id) REFERENCES public.reconciliation_group(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_member
    ADD CONSTRAINT reconciliation_member_event_id_5d01548d_fk_coding_event_id FOREIGN KEY (event_id) REFERENCES public.coding_event(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_position
    ADD CONSTRAINT reconciliation_posit_decision_id_df1dab2e_fk_reconcili FOREIGN KEY (decision_id) REFERENCES public.reconciliation_decision(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_position
    ADD CONSTRAINT reconciliation_posit_group_id_58faba18_fk_reconcili FOREIGN KEY (group_id) REFERENCES public.reconciliation_group(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_preference
    ADD CONSTRAINT reconciliation_prefe_incident_id_de7e2c24_fk_reconcili FOREIGN KEY (incident_id) REFERENCES public.reconciliation_incident(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_preference
    ADD CONSTRAINT reconciliation_prefe_taken_from_id_7c2e573a_fk_reconcili FOREIGN KEY (taken_from_id) REFERENCES public.reconciliation_resolvedevent(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_preference
    ADD CONSTRAINT reconciliation_preference_by_id_f119fb7b_fk_projects_user_id FOREIGN KEY (by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_proof
    ADD CONSTRAINT reconciliation_proof_decision_id_fa5e9076_fk_reconcili FOREIGN KEY (decision_id) REFERENCES public.reconciliation_decision(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_proposal
    ADD CONSTRAINT reconciliation_propo_first_id_bb061a7e_fk_reconcili FOREIGN KEY (first_id) REFERENCES public.reconciliation_resolvedevent(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_proposal
    ADD CONSTRAINT reconciliation_propo_project_id_0278ee90_fk_projects_ FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_proposal
    ADD CONSTRAINT reconciliation_propo_second_id_f1188c69_fk_reconcili FOREIGN KEY (second_id) REFERENCES public.reconciliation_resolvedevent(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_regrouping
    ADD CONSTRAINT reconciliation_regro_document_id_659f2f4a_fk_sources_d FOREIGN KEY (document_id) REFERENCES public.sources_document(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_regrouping
    ADD CONSTRAINT reconciliation_regrouping_by_id_aee163ed_fk_projects_user_id FOREIGN KEY (by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_regrouping
    ADD CONSTRAINT reconciliation_regrouping_round_id_c8a3e346_fk_coding_round_id FOREIGN KEY (round_id) REFERENCES public.coding_round(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_report
    ADD CONSTRAINT reconciliation_repor_incident_id_421c1dcf_fk_reconcili FOREIGN KEY (incident_id) REFERENCES public.reconciliation_incident(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_report
    ADD CONSTRAINT reconciliation_repor_resolved_event_id_8b25a8ff_fk_reconcili FOREIGN KEY (resolved_event_id) REFERENCES public.reconciliation_resolvedevent(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_resolvedevent
    ADD CONSTRAINT reconciliation_resol_group_id_40b31b1b_fk_reconcili FOREIGN KEY (group_id) REFERENCES public.reconciliation_group(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_routine
    ADD CONSTRAINT reconciliation_routine_by_id_f8df15b6_fk_projects_user_id FOREIGN KEY (by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_routine
    ADD CONSTRAINT reconciliation_routine_round_id_d5ac4157_fk_coding_round_id FOREIGN KEY (round_id) REFERENCES public.coding_round(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_run
    ADD CONSTRAINT reconciliation_run_by_id_2bba40fc_fk_projects_user_id FOREIGN KEY (by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_run
    ADD CONSTRAINT reconciliation_run_document_id_07b32485_fk_sources_document_id FOREIGN KEY (document_id) REFERENCES public.sources_document(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.reconciliation_run
    ADD CONSTRAINT reconciliation_run_round_id_321efbc9_fk_coding_round_id FOREIGN KEY (round_id) REFERENCES public.coding_round(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_account_id_951f210e_fk_socialacc FOREIGN KEY (account_id) REFERENCES public.socialaccount_socialaccount(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_app_id_636a42d7_fk_socialacc FOREIGN KEY (app_id) REFERENCES public.socialaccount_socialapp(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_social_user_id_8146e70c_fk_projects_ FOREIGN KEY (user_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_alliance
    ADD CONSTRAINT sources_alliance_dropped_by_id_e4893a88_fk_sources_a FOREIGN KEY (dropped_by_id) REFERENCES public.sources_alliancelist(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_alliance
    ADD CONSTRAINT sources_alliance_loaded_from_id_49311b16_fk_sources_a FOREIGN KEY (loaded_from_id) REFERENCES public.sources_alliancelist(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_alliance
    ADD CONSTRAINT sources_alliance_project_id_5b3e72e0_fk_projects_project_id FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_alliancelist
    ADD CONSTRAINT sources_alliancelist_loaded_by_id_96ecb851_fk_projects_user_id FOREIGN KEY (loaded_by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_alliancelist
    ADD CONSTRAINT sources_alliancelist_project_id_fc9d1a79_fk_projects_project_id FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_alliancemember
    ADD CONSTRAINT sources_alliancememb_alliance_id_0f4f73f0_fk_sources_a FOREIGN KEY (alliance_id) REFERENCES public.sources_alliance(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_articlerange
    ADD CONSTRAINT sources_articlerange_text_id_b6f2f186_fk_sources_text_id FOREIGN KEY (text_id) REFERENCES public.sources_text(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_cluster
    ADD CONSTRAINT sources_cluster_confirmed_by_id_11b2f20a_fk_projects_user_id FOREIGN KEY (confirmed_by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_cluster
    ADD CONSTRAINT sources_cluster_project_id_b4a6dd5d_fk_projects_project_id FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_cluster
    ADD CONSTRAINT sources_cluster_representative_id_46e5bcd5_fk_sources_d FOREIGN KEY (representative_id) REFERENCES public.sources_document(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_collection
    ADD CONSTRAINT sources_collection_added_by_id_715f6883_fk_projects_user_id FOREIGN KEY (added_by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_collection
    ADD CONSTRAINT sources_collection_parent_id_1ad5e52e_fk_sources_collection_id FOREIGN KEY (parent_id) REFERENCES public.sources_collection(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_collection
    ADD CONSTRAINT sources_collection_project_id_c85dfebf_fk_projects_project_id FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_collectionline
    ADD CONSTRAINT sources_collectionli_collection_id_c551b57b_fk_sources_c FOREIGN KEY (collection_id) REFERENCES public.sources_collection(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_collectionline
    ADD CONSTRAINT sources_collectionli_document_id_839657da_fk_sources_d FOREIGN KEY (document_id) REFERENCES public.sources_document(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_copy
    ADD CONSTRAINT sources_copy_cluster_id_6ad20663_fk_sources_cluster_id FOREIGN KEY (cluster_id) REFERENCES public.sources_cluster(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_copy
    ADD CONSTRAINT sources_copy_document_id_41d9f619_fk_sources_document_id FOREIGN KEY (document_id) REFERENCES public.sources_document(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_document
    ADD CONSTRAINT sources_document_added_by_id_43b85cbd_fk_projects_user_id FOREIGN KEY (added_by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_document
    ADD CONSTRAINT sources_document_collection_id_a4a9ca30_fk_sources_c FOREIGN KEY (collection_id) REFERENCES public.sources_collection(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_document
    ADD CONSTRAINT sources_document_current_text_id_6120571b_fk_sources_text_id FOREIGN KEY (current_text_id) REFERENCES public.sources_text(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_document
    ADD CONSTRAINT sources_document_described_by_id_831607a8_fk_projects_user_id FOREIGN KEY (described_by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_document
    ADD CONSTRAINT sources_document_project_id_f29c2a09_fk_projects_project_id FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_likeness
    ADD CONSTRAINT sources_likeness_first_id_21e29f2d_fk_sources_document_id FOREIGN KEY (first_id) REFERENCES public.sources_document(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_likeness
    ADD CONSTRAINT sources_likeness_rejected_by_id_d17a39ce_fk_projects_user_id FOREIGN KEY (rejected_by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_likeness
    ADD CONSTRAINT sources_likeness_second_id_c2e895c8_fk_sources_document_id FOREIGN KEY (second_id) REFERENCES public.sources_document(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_mention
    ADD CONSTRAINT sources_mention_document_id_c5e8e18c_fk_sources_document_id FOREIGN KEY (document_id) REFERENCES public.sources_document(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_outline
    ADD CONSTRAINT sources_outline_by_id_107cf750_fk_projects_user_id FOREIGN KEY (by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_outline
    ADD CONSTRAINT sources_outline_text_id_807c02f2_fk_sources_text_id FOREIGN KEY (text_id) REFERENCES public.sources_text(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_page
    ADD CONSTRAINT sources_page_text_id_ee3785e9_fk_sources_text_id FOREIGN KEY (text_id) REFERENCES public.sources_text(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_searchlog
    ADD CONSTRAINT sources_searchlog_by_id_88604095_fk_projects_user_id FOREIGN KEY (by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_searchlog
    ADD CONSTRAINT sources_searchlog_project_id_ecaff1cf_fk_projects_project_id FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_searchrange
    ADD CONSTRAINT sources_searchrange_document_id_f1fe1015_fk_sources_document_id FOREIGN KEY (document_id) REFERENCES public.sources_document(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_section
    ADD CONSTRAINT sources_section_outline_id_24b6a2f6_fk_sources_outline_id FOREIGN KEY (outline_id) REFERENCES public.sources_outline(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_section
    ADD CONSTRAINT sources_section_parent_id_22755bf3_fk_sources_section_id FOREIGN KEY (parent_id) REFERENCES public.sources_section(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_sketch
    ADD CONSTRAINT sources_sketch_document_id_f9bc2294_fk_sources_document_id FOREIGN KEY (document_id) REFERENCES public.sources_document(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_sketch
    ADD CONSTRAINT sources_sketch_text_id_ee45868c_fk_sources_text_id FOREIGN KEY (text_id) REFERENCES public.sources_text(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_statelist
    ADD CONSTRAINT sources_statelist_loaded_by_id_dc0f5b84_fk_projects_user_id FOREIGN KEY (loaded_by_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_statelist
    ADD CONSTRAINT sources_statelist_project_id_ea653ae8_fk_projects_project_id FOREIGN KEY (project_id) REFERENCES public.projects_project(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.sources_text
    ADD CONSTRAINT sources_text_document_id_6104733c_fk_sources_document_id FOREIGN KEY (document_id) REFERENCES public.sources_document(id) DEFERRABLE INITIALLY DEFERRED
--;
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_user_id_af5e0a6d_fk_projects_user_id FOREIGN KEY (user_id) REFERENCES public.projects_user(id) DEFERRABLE INITIALLY DEFERRED
