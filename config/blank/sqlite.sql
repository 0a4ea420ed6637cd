-- Written by `python -m tests.blank`: what the migrations end in.
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL)
--;
CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL)
--;
CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL)
--;
CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE)
--;
CREATE TABLE "projects_project" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" varchar(60) NOT NULL UNIQUE, "title" varchar(200) NOT NULL, "description" text NOT NULL, "own_adjudication_allowed" bool NOT NULL, "created_at" datetime NOT NULL)
--;
CREATE TABLE "projects_user_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "projects_user_user_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "projects_ledgerline" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "project_id" bigint NOT NULL, "n" bigint unsigned NOT NULL CHECK ("n" >= 0), "at" datetime NOT NULL, "verb" varchar(60) NOT NULL, "subject_kind" varchar(40) NOT NULL, "subject_id" varchar(64) NOT NULL, "by_id" bigint NULL, "by_label" varchar(150) NOT NULL, "difference" text NOT NULL CHECK ((JSON_VALID("difference") OR "difference" IS NULL)), "previous_hash" varchar(64) NOT NULL, "hash" varchar(64) NOT NULL, form smallint NOT NULL DEFAULT 1 CHECK ("form" >= 0), CONSTRAINT "ledger_lines_numbered" UNIQUE ("project_id", "n"))
--;
CREATE TABLE "projects_apitoken" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(80) NOT NULL, "hash" varchar(64) NOT NULL UNIQUE, "created_at" datetime NOT NULL, "expires_at" datetime NOT NULL, "revoked_at" datetime NULL, "user_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, "rights" text NULL CHECK ((JSON_VALID("rights") OR "rights" IS NULL)))
--;
CREATE TABLE "account_emailconfirmation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created" datetime NOT NULL, "sent" datetime NULL, "key" varchar(64) NOT NULL UNIQUE, "email_address_id" integer NOT NULL REFERENCES "account_emailaddress" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "account_emailaddress" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "verified" bool NOT NULL, "primary" bool NOT NULL, "user_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "email" varchar(254) NOT NULL)
--;
CREATE TABLE "axes_accessattempt" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "get_data" text NOT NULL, "post_data" text NOT NULL, "failures_since_start" integer unsigned NOT NULL CHECK ("failures_since_start" >= 0))
--;
CREATE TABLE "axes_accessfailurelog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "locked_out" bool NOT NULL)
--;
CREATE TABLE "axes_accesslog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "logout_time" datetime NULL, "session_hash" varchar(64) NOT NULL)
--;
CREATE TABLE "axes_accessattemptexpiration" ("access_attempt_id" integer NOT NULL PRIMARY KEY REFERENCES "axes_accessattempt" ("id") DEFERRABLE INITIALLY DEFERRED, "expires_at" datetime NOT NULL)
--;
CREATE TABLE "sources_text" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "n" integer unsigned NOT NULL CHECK ("n" >= 0), "sha256" varchar(64) NOT NULL, "body" text NOT NULL, "length" integer unsigned NOT NULL CHECK ("length" >= 0), "blocks" text NOT NULL CHECK ((JSON_VALID("blocks") OR "blocks" IS NULL)), "reader" varchar(40) NOT NULL, "reader_version" varchar(40) NOT NULL, "parameters" text NOT NULL CHECK ((JSON_VALID("parameters") OR "parameters" IS NULL)), "metadata" text NOT NULL CHECK ((JSON_VALID("metadata") OR "metadata" IS NULL)), "warnings" text NOT NULL CHECK ((JSON_VALID("warnings") OR "warnings" IS NULL)), "language" varchar(16) NOT NULL, "has_astral" bool NOT NULL, "made_at" datetime NOT NULL, "document_id" bigint NOT NULL REFERENCES "sources_document" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "texts_of_a_document_numbered" UNIQUE ("document_id", "n"))
--;
CREATE TABLE "sources_page" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "start" integer unsigned NOT NULL CHECK ("start" >= 0), "end" integer unsigned NOT NULL CHECK ("end" >= 0), "width" real NOT NULL, "height" real NOT NULL, "rotation" smallint NOT NULL, "crop_box" text NOT NULL CHECK ((JSON_VALID("crop_box") OR "crop_box" IS NULL)), "words" BLOB NOT NULL, "furniture" text NOT NULL CHECK ((JSON_VALID("furniture") OR "furniture" IS NULL)), "state" varchar(10) NOT NULL, "text_id" bigint NOT NULL REFERENCES "sources_text" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "pages_of_a_text_numbered" UNIQUE ("text_id", "number"), CONSTRAINT "page_start_before_end" CHECK ("start" <= ("end")))
--;
CREATE TABLE "sources_alliancelist" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "n" integer unsigned NOT NULL CHECK ("n" >= 0), "version" varchar(60) NOT NULL, "filename" varchar(255) NOT NULL, "sha256" varchar(64) NOT NULL, "is_whole" bool NOT NULL, "counts" text NOT NULL CHECK ((JSON_VALID("counts") OR "counts" IS NULL)), "problems" text NOT NULL CHECK ((JSON_VALID("problems") OR "problems" IS NULL)), "notices" text NOT NULL CHECK ((JSON_VALID("notices") OR "notices" IS NULL)), "loaded_at" datetime NOT NULL, "loaded_by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "alliance_lists_numbered" UNIQUE ("project_id", "n"))
--;
CREATE TABLE "sources_alliance" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public_id" varchar(16) NOT NULL UNIQUE, "reference" varchar(100) NOT NULL, "name" varchar(300) NOT NULL, "atop_id" integer unsigned NULL CHECK ("atop_id" >= 0), "kind" varchar(100) NOT NULL, "start" date NOT NULL, "end" date NULL, "source" varchar(500) NOT NULL, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, "dropped_by_id" bigint NULL REFERENCES "sources_alliancelist" ("id") DEFERRABLE INITIALLY DEFERRED, "loaded_from_id" bigint NOT NULL REFERENCES "sources_alliancelist" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_alliance_per_reference" UNIQUE ("project_id", "reference"), CONSTRAINT "alliance_ends_after_its_start" CHECK (("end" IS NULL OR "end" >= ("start"))), CONSTRAINT "an_alliance_has_reference_and_name" CHECK ((NOT ("reference" = '') AND NOT ("name" = ''))), CONSTRAINT "an_atop_id_is_positive" CHECK (("atop_id" IS NULL OR "atop_id" > 0)))
--;
CREATE TABLE "sources_alliancemember" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "ccode" integer unsigned NOT NULL CHECK ("ccode" >= 0), "start" date NOT NULL, "end" date NULL, "role" varchar(10) NOT NULL, "alliance_id" bigint NOT NULL REFERENCES "sources_alliance" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_spell_of_a_member_per_start" UNIQUE ("alliance_id", "ccode", "start"), CONSTRAINT "membership_ends_after_its_start" CHECK (("end" IS NULL OR "end" >= ("start"))), CONSTRAINT "a_member_has_a_known_role" CHECK ("role" IN ('', 'patron', 'protege', 'peer')), CONSTRAINT "a_member_is_a_state_by_its_cow_code" CHECK ("ccode" > 0))
--;
CREATE TABLE "sources_statelist" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "n" integer unsigned NOT NULL CHECK ("n" >= 0), "kind" varchar(10) NOT NULL, "version" varchar(60) NOT NULL, "filename" varchar(255) NOT NULL, "rows" text NOT NULL CHECK ((JSON_VALID("rows") OR "rows" IS NULL)), "sha256" varchar(64) NOT NULL, "ends" date NULL, "loaded_at" datetime NOT NULL, "loaded_by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "state_lists_numbered" UNIQUE ("project_id", "n"), CONSTRAINT "a_list_of_members_has_a_last_day" CHECK ((("ends" IS NOT NULL AND "kind" = 'cow') OR (NOT ("kind" = 'cow') AND "ends" IS NULL))))
--;
CREATE TABLE "sources_copy" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "cluster_id" bigint NOT NULL REFERENCES "sources_cluster" ("id") DEFERRABLE INITIALLY DEFERRED, "document_id" bigint NOT NULL UNIQUE REFERENCES "sources_document" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "sources_searchlog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public_id" varchar(16) NOT NULL UNIQUE, "words" varchar(500) NOT NULL, "filters" text NOT NULL CHECK ((JSON_VALID("filters") OR "filters" IS NULL)), "note" varchar(500) NOT NULL, "hits" integer unsigned NOT NULL CHECK ("hits" >= 0), "searched" integer unsigned NOT NULL CHECK ("searched" >= 0), "documents" text NOT NULL CHECK ((JSON_VALID("documents") OR "documents" IS NULL)), "tokens_version" smallint unsigned NOT NULL CHECK ("tokens_version" >= 0), "at" datetime NOT NULL, "by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "sources_sketch" ("document_id" bigint NOT NULL PRIMARY KEY REFERENCES "sources_document" ("id") DEFERRABLE INITIALLY DEFERRED, "hashes" BLOB NOT NULL, "text_id" bigint NOT NULL REFERENCES "sources_text" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "sources_likeness" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "containment" real NOT NULL, "resemblance" real NOT NULL, "rejected_at" datetime NULL, "first_id" bigint NOT NULL REFERENCES "sources_document" ("id") DEFERRABLE INITIALLY DEFERRED, "rejected_by_id" bigint NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "second_id" bigint NOT NULL REFERENCES "sources_document" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_likeness_per_pair" UNIQUE ("first_id", "second_id"), CONSTRAINT "likeness_first_before_second" CHECK ("first_id" < ("second_id")))
--;
CREATE TABLE "sources_mention" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "ccode" smallint unsigned NOT NULL CHECK ("ccode" >= 0), "count" integer unsigned NOT NULL CHECK ("count" >= 0), "document_id" bigint NOT NULL REFERENCES "sources_document" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_mention_per_state" UNIQUE ("document_id", "ccode"))
--;
CREATE TABLE "sources_searchrange" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "start" integer unsigned NOT NULL CHECK ("start" >= 0), "end" integer unsigned NOT NULL CHECK ("end" >= 0), "document_id" bigint NOT NULL REFERENCES "sources_document" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "ranges_of_a_document_numbered" UNIQUE ("document_id", "number"))
--;
CREATE TABLE sources_shingle (hash integer NOT NULL, document_id integer NOT NULL, PRIMARY KEY (hash, document_id)) WITHOUT ROWID
--;
CREATE TABLE "sources_outline" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "n" integer unsigned NOT NULL CHECK ("n" >= 0), "finder_version" varchar(10) NOT NULL, "parties" text NOT NULL CHECK ((JSON_VALID("parties") OR "parties" IS NULL)), "signed_on" date NULL, "made_at" datetime NOT NULL, "by_id" bigint NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "text_id" bigint NOT NULL REFERENCES "sources_text" ("id") DEFERRABLE INITIALLY DEFERRED, "found_in" text NULL CHECK ((JSON_VALID("found_in") OR "found_in" IS NULL)), CONSTRAINT "outlines_of_a_text_numbered" UNIQUE ("text_id", "n"))
--;
CREATE TABLE "sources_section" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(10) NOT NULL, "label" varchar(80) NOT NULL, "heading" varchar(300) NOT NULL, "start" integer unsigned NOT NULL CHECK ("start" >= 0), "end" integer unsigned NOT NULL CHECK ("end" >= 0), "outline_id" bigint NOT NULL REFERENCES "sources_outline" ("id") DEFERRABLE INITIALLY DEFERRED, "parent_id" bigint NULL REFERENCES "sources_section" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "section_start_before_end" CHECK ("start" < ("end")), CONSTRAINT "one_section_per_passage" UNIQUE ("outline_id", "start", "end"))
--;
CREATE TABLE "sources_collectionline" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "name" varchar(300) NOT NULL, "outcome" varchar(10) NOT NULL, "reason" text NOT NULL, "collection_id" bigint NOT NULL REFERENCES "sources_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "document_id" bigint NULL REFERENCES "sources_document" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "coding_codebook" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "n" integer unsigned NOT NULL CHECK ("n" >= 0), "title" varchar(200) NOT NULL, "source" text NOT NULL, "sha256" varchar(64) NOT NULL, "published_at" datetime NULL, "made_at" datetime NOT NULL, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, "published_by_id" bigint NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "codebooks_of_a_project_numbered" UNIQUE ("project_id", "n"), CONSTRAINT "codebook_published_when_and_by_whom" CHECK ((("published_at" IS NULL AND "published_by_id" IS NULL) OR ("published_at" IS NOT NULL AND "published_by_id" IS NOT NULL))))
--;
CREATE TABLE "coding_event" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL, "own_id" varchar(100) NOT NULL, "type" varchar(40) NOT NULL, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "values" text NOT NULL CHECK ((JSON_VALID("values") OR "values" IS NULL)), "whole_document" text NOT NULL CHECK ((JSON_VALID("whole_document") OR "whole_document" IS NULL)), "near_miss" bool NOT NULL, "near_miss_reason" varchar(60) NOT NULL, "removed" bool NOT NULL, "assignment_id" bigint NOT NULL REFERENCES "coding_assignment" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "events_have_ids" UNIQUE ("assignment_id", "uid"))
--;
CREATE TABLE "coding_operation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL, "n" integer unsigned NOT NULL CHECK ("n" >= 0), "kind" varchar(30) NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "at" datetime NOT NULL, "assignment_id" bigint NOT NULL REFERENCES "coding_assignment" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "an_operation_counts_once" UNIQUE ("assignment_id", "uid"), CONSTRAINT "operations_numbered" UNIQUE ("assignment_id", "n"))
--;
CREATE TABLE "coding_passage" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL, "start" integer unsigned NOT NULL CHECK ("start" >= 0), "end" integer unsigned NOT NULL CHECK ("end" >= 0), "exact" text NOT NULL, "before" varchar(32) NOT NULL, "after" varchar(32) NOT NULL, "assignment_id" bigint NOT NULL REFERENCES "coding_assignment" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "passages_have_ids" UNIQUE ("assignment_id", "uid"), CONSTRAINT "passage_start_before_end" CHECK ("start" < ("end")))
--;
CREATE TABLE "coding_evidence" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "field" varchar(60) NOT NULL, "event_id" bigint NOT NULL REFERENCES "coding_event" ("id") DEFERRABLE INITIALLY DEFERRED, "passage_id" bigint NOT NULL REFERENCES "coding_passage" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_link_per_field_and_passage" UNIQUE ("event_id", "passage_id", "field"))
--;
CREATE TABLE "coding_manuscript" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "text" text NOT NULL, "base" varchar(64) NOT NULL, "kept_at" datetime NOT NULL, "person_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_manuscript_each" UNIQUE ("project_id", "person_id"))
--;
CREATE TABLE "coding_secondlook" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "field" varchar(60) NOT NULL, "public_id" varchar(16) NOT NULL UNIQUE, "reasons" text NOT NULL CHECK ((JSON_VALID("reasons") OR "reasons" IS NULL)), "held" text NULL CHECK ((JSON_VALID("held") OR "held" IS NULL)), "answer" varchar(10) NOT NULL, "answered_at" datetime NULL, "assignment_id" bigint NOT NULL REFERENCES "coding_assignment" ("id") DEFERRABLE INITIALLY DEFERRED, "codebook_id" bigint NOT NULL REFERENCES "coding_codebook" ("id") DEFERRABLE INITIALLY DEFERRED, "event_id" bigint NULL REFERENCES "coding_event" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "second_look_answered_when" CHECK ((("answer" = '' AND "answered_at" IS NULL) OR ("answer" IN ('holds', 'changed') AND "answered_at" IS NOT NULL))), CONSTRAINT "a_field_is_of_an_event" CHECK (("event_id" IS NOT NULL OR "field" = '')))
--;
CREATE TABLE "coding_settlement" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "passage" char(32) NOT NULL, "from_start" integer unsigned NOT NULL CHECK ("from_start" >= 0), "from_end" integer unsigned NOT NULL CHECK ("from_end" >= 0), "n" integer unsigned NOT NULL CHECK ("n" >= 0), "outcome" varchar(10) NOT NULL, "start" integer unsigned NULL CHECK ("start" >= 0), "end" integer unsigned NULL CHECK ("end" >= 0), "reason" text NOT NULL, "at" datetime NOT NULL, "assignment_id" bigint NOT NULL REFERENCES "coding_assignment" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "text_id" bigint NOT NULL REFERENCES "sources_text" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "settlements_numbered" UNIQUE ("assignment_id", "passage", "text_id", "n"), CONSTRAINT "a_marked_passage_has_a_place" CHECK ((("outcome" = 'marked' AND "start" < ("end")) OR (NOT ("outcome" = 'marked') AND "end" IS NULL AND "start" IS NULL))), CONSTRAINT "a_dropped_passage_says_why" CHECK ((NOT ("outcome" = 'dropped') OR NOT ("reason" = ''))))
--;
CREATE TABLE "coding_assignment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sitting" smallint unsigned NOT NULL CHECK ("sitting" >= 0), "public_id" varchar(16) NOT NULL UNIQUE, "state" varchar(10) NOT NULL, "version" integer unsigned NOT NULL CHECK ("version" >= 0), "outcome" varchar(12) NOT NULL, "outcome_reason" text NOT NULL, "queue_key" varchar(64) NOT NULL, "submitted_at" datetime NULL, "coder_id" bigint NOT NULL REFERENCES "projects_membership" ("id") DEFERRABLE INITIALLY DEFERRED, "document_id" bigint NOT NULL REFERENCES "sources_document" ("id") DEFERRABLE INITIALLY DEFERRED, "text_id" bigint NOT NULL REFERENCES "sources_text" ("id") DEFERRABLE INITIALLY DEFERRED, "round_id" bigint NOT NULL REFERENCES "coding_round" ("id") DEFERRABLE INITIALLY DEFERRED, "given_at" datetime NOT NULL, "is_gold" bool NOT NULL, "reason" text NOT NULL, "taken_over_from_id" bigint NULL REFERENCES "coding_assignment" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_assignment_per_coder" UNIQUE ("round_id", "document_id", "coder_id", "sitting"), CONSTRAINT "submitted_says_when" CHECK ((NOT ("state" = 'submitted') OR "submitted_at" IS NOT NULL)))
--;
CREATE TABLE "coding_round" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public_id" varchar(16) NOT NULL UNIQUE, "name" varchar(80) NOT NULL, "state" varchar(10) NOT NULL, "per_document" smallint unsigned NOT NULL CHECK ("per_document" >= 0), "seed" bigint NOT NULL, "instructions" text NOT NULL, "opened_at" datetime NOT NULL, "revealed_at" datetime NULL, "codebook_id" bigint NOT NULL REFERENCES "coding_codebook" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, "drawn" text NOT NULL CHECK ((JSON_VALID("drawn") OR "drawn" IS NULL)), "has_suggestions" bool NOT NULL, "kind" varchar(12) NOT NULL, "overlap_percent" smallint unsigned NOT NULL CHECK ("overlap_percent" >= 0), CONSTRAINT "one_round_per_name" UNIQUE ("project_id", "name"), CONSTRAINT "a_round_has_coders" CHECK ("per_document" >= 1), CONSTRAINT "overlap_is_a_share" CHECK ("overlap_percent" <= 100))
--;
CREATE TABLE "coding_codebooknote" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public_id" varchar(16) NOT NULL UNIQUE, "type" varchar(40) NOT NULL, "field" varchar(60) NOT NULL, "words" text NOT NULL, "made_at" datetime NOT NULL, "withdrawn_at" datetime NULL, "codebook_id" bigint NOT NULL REFERENCES "coding_codebook" ("id") DEFERRABLE INITIALLY DEFERRED, "made_by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "coding_keychoice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "single_keys" bool NOT NULL, "keys" text NOT NULL CHECK ((JSON_VALID("keys") OR "keys" IS NULL)), "user_id" bigint NOT NULL UNIQUE REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "coding_question" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL, "public_id" varchar(16) NOT NULL UNIQUE, "event" char(32) NULL, "type" varchar(40) NOT NULL, "field" varchar(60) NOT NULL, "start" integer unsigned NULL CHECK ("start" >= 0), "end" integer unsigned NULL CHECK ("end" >= 0), "quote" text NOT NULL, "words" text NOT NULL, "asked_at" datetime NOT NULL, "answer" text NOT NULL, "answered_at" datetime NULL, "read_at" datetime NULL, "answered_by_id" bigint NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "assignment_id" bigint NOT NULL REFERENCES "coding_assignment" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "a_question_counts_once" UNIQUE ("assignment_id", "uid"), CONSTRAINT "a_question_is_on_a_whole_passage" CHECK ((("end" IS NULL AND "start" IS NULL) OR ("end" IS NOT NULL AND "start" IS NOT NULL AND "start" < ("end")))), CONSTRAINT "answered_when_by_whom_and_what" CHECK ((("answer" = '' AND "answered_at" IS NULL AND "answered_by_id" IS NULL AND "read_at" IS NULL) OR ("answered_at" IS NOT NULL AND "answered_by_id" IS NOT NULL AND NOT ("answer" = '')))))
--;
CREATE TABLE "coding_stint" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL, "seconds" integer unsigned NOT NULL CHECK ("seconds" >= 0), "began_at" datetime NOT NULL, "last_at" datetime NOT NULL, "assignment_id" bigint NOT NULL REFERENCES "coding_assignment" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "a_stint_counts_once" UNIQUE ("assignment_id", "uid"))
--;
CREATE TABLE "coding_draftnote" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public_id" varchar(16) NOT NULL UNIQUE, "type" varchar(40) NOT NULL, "field" varchar(60) NOT NULL, "words" text NOT NULL, "made_at" datetime NOT NULL, "done_at" datetime NULL, "version" integer unsigned NULL CHECK ("version" >= 0), "reason" text NOT NULL, "done_by_id" bigint NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "made_by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "a_draft_note_is_open_written_in_or_dropped" CHECK ((("done_at" IS NULL AND "done_by_id" IS NULL AND "reason" = '' AND "version" IS NULL) OR ("done_at" IS NOT NULL AND "done_by_id" IS NOT NULL AND (("reason" = '' AND "version" IS NOT NULL) OR ("version" IS NULL AND NOT ("reason" = '')))))))
--;
CREATE TABLE "coding_eventtemplate" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uid" char(32) NOT NULL, "name" varchar(80) NOT NULL, "type" varchar(40) NOT NULL, "values" text NOT NULL CHECK ((JSON_VALID("values") OR "values" IS NULL)), "kept_at" datetime NOT NULL, "coder_id" bigint NOT NULL REFERENCES "projects_membership" ("id") DEFERRABLE INITIALLY DEFERRED, "round_id" bigint NOT NULL REFERENCES "coding_round" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "an_event_template_counts_once" UNIQUE ("round_id", "coder_id", "uid"), CONSTRAINT "an_event_template_has_its_own_name" UNIQUE ("round_id", "coder_id", "name"))
--;
CREATE TABLE "coding_origin" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "format" varchar(20) NOT NULL, "place" varchar(300) NOT NULL, "fingerprint" varchar(64) NOT NULL, "at" datetime NOT NULL, "assignment_id" bigint NOT NULL UNIQUE REFERENCES "coding_assignment" ("id") DEFERRABLE INITIALLY DEFERRED, "exchange_id" bigint NULL REFERENCES "coding_exchange" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "coding_exchange" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public_id" varchar(16) NOT NULL UNIQUE, "direction" varchar(3) NOT NULL, "format" varchar(20) NOT NULL, "filename" varchar(255) NOT NULL, "sha256" varchar(64) NOT NULL, "size" bigint unsigned NOT NULL CHECK ("size" >= 0), "options" text NOT NULL CHECK ((JSON_VALID("options") OR "options" IS NULL)), "told" text NOT NULL CHECK ((JSON_VALID("told") OR "told" IS NULL)), "state" varchar(10) NOT NULL, "reason" text NOT NULL, "at" datetime NOT NULL, "by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "a_failed_exchange_says_why" CHECK ((NOT ("state" = 'failed') OR NOT ("reason" = ''))))
--;
CREATE TABLE "datasets_release" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "version" varchar(30) NOT NULL, "state" varchar(10) NOT NULL, "parameters" text NOT NULL CHECK ((JSON_VALID("parameters") OR "parameters" IS NULL)), "records_sha256" varchar(64) NOT NULL, "manifest_sha256" varchar(64) NOT NULL, "made_at" datetime NOT NULL, "built_at" datetime NULL, "published_at" datetime NULL, "withdrawn_at" datetime NULL, "withdrawn_reason" text NOT NULL, "made_by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, "published_by_id" bigint NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "address" varchar(300) NOT NULL, "anonymous_copy" bool NOT NULL, "built_from" bigint unsigned NULL CHECK ("built_from" >= 0), "changes" text NOT NULL, "checks" text NOT NULL CHECK ((JSON_VALID("checks") OR "checks" IS NULL)), "creators" text NOT NULL CHECK ((JSON_VALID("creators") OR "creators" IS NULL)), "description" text NOT NULL, "doi" varchar(200) NOT NULL, "licence" varchar(30) NOT NULL, "publisher" varchar(200) NOT NULL, "released_on" date NULL, "span_rule" varchar(10) NOT NULL, "year_rule" varchar(10) NOT NULL, CONSTRAINT "one_release_per_version" UNIQUE ("project_id", "version"), CONSTRAINT "published_when_by_whom_and_what" CHECK ((("published_at" IS NULL AND "state" IN ('draft', 'checked')) OR ("published_at" IS NOT NULL AND "published_by_id" IS NOT NULL AND NOT ("manifest_sha256" = '')))))
--;
CREATE TABLE "datasets_releasefile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "path" varchar(200) NOT NULL, "sha256" varchar(64) NOT NULL, "size" bigint unsigned NOT NULL CHECK ("size" >= 0), "rows" integer unsigned NULL CHECK ("rows" >= 0), "frozen" bool NOT NULL, "release_id" bigint NOT NULL REFERENCES "datasets_release" ("id") DEFERRABLE INITIALLY DEFERRED, "part" varchar(10) NOT NULL, CONSTRAINT "one_file_per_path" UNIQUE ("release_id", "part", "path"))
--;
CREATE TABLE "datasets_dataset" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "is_public" bool NOT NULL, "project_id" bigint NOT NULL UNIQUE REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "datasets_searchedyears" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "alliance" varchar(100) NOT NULL, "first_year" smallint unsigned NOT NULL CHECK ("first_year" >= 0), "last_year" smallint unsigned NOT NULL CHECK ("last_year" >= 0), "search_log" varchar(500) NOT NULL, "at" datetime NOT NULL, "by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "searched_years_in_order" CHECK ("first_year" <= ("last_year")), CONSTRAINT "searched_years_name_their_search" CHECK (NOT ("search_log" = '')))
--;
CREATE TABLE "datasets_waiver" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "check_name" varchar(40) NOT NULL, "found" text NOT NULL, "reason" text NOT NULL, "by_label" varchar(20) NOT NULL, "at" datetime NOT NULL, "by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "release_id" bigint NOT NULL REFERENCES "datasets_release" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_waiver_per_check" UNIQUE ("release_id", "check_name"), CONSTRAINT "a_waiver_has_a_reason" CHECK (NOT ("reason" = '')))
--;
CREATE TABLE "mfa_authenticator" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "type" varchar(20) NOT NULL, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "user_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "created_at" datetime NOT NULL, "last_used_at" datetime NULL)
--;
CREATE TABLE "projects_ledgerhead" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "project_id" bigint NOT NULL UNIQUE, "chain" varchar(20) NOT NULL, "n" bigint unsigned NOT NULL CHECK ("n" >= 0), "hash" varchar(64) NOT NULL)
--;
CREATE TABLE "projects_resetlink" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "hash" varchar(64) NOT NULL UNIQUE, "without_second_factor" bool NOT NULL, "made_at" datetime NOT NULL, "expires_at" datetime NOT NULL, "used_at" datetime NULL, "by_id" bigint NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" bigint NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "projects_invitation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public_id" varchar(16) NOT NULL UNIQUE, "hash" varchar(64) NOT NULL UNIQUE, "roles" text NOT NULL CHECK ((JSON_VALID("roles") OR "roles" IS NULL)), "label" varchar(20) NOT NULL, "email" varchar(254) NOT NULL, "made_at" datetime NOT NULL, "expires_at" datetime NOT NULL, "cancelled_at" datetime NULL, "used_at" datetime NULL, "by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "membership_id" bigint NULL REFERENCES "projects_membership" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "an_invitation_is_used_by_somebody_or_not_at_all" CHECK ((("membership_id" IS NULL AND "used_at" IS NULL) OR ("cancelled_at" IS NULL AND "membership_id" IS NOT NULL AND "used_at" IS NOT NULL))))
--;
CREATE TABLE "projects_webhook" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public_id" varchar(16) NOT NULL UNIQUE, "address" varchar(500) NOT NULL, "events" text NOT NULL CHECK ((JSON_VALID("events") OR "events" IS NULL)), "secret" varchar(80) NOT NULL, "made_at" datetime NOT NULL, "ended_at" datetime NULL, "made_by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "projects_keptanswer" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(255) NOT NULL, "fingerprint" varchar(64) NOT NULL, "status" smallint unsigned NOT NULL CHECK ("status" >= 0), "headers" text NOT NULL CHECK ((JSON_VALID("headers") OR "headers" IS NULL)), "body" BLOB NULL, "kept_at" datetime NOT NULL, "user_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_answer_per_key" UNIQUE ("user_id", "key"))
--;
CREATE TABLE "projects_delivery" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public_id" varchar(16) NOT NULL UNIQUE, "event" varchar(20) NOT NULL, "payload" text NOT NULL CHECK ((JSON_VALID("payload") OR "payload" IS NULL)), "state" varchar(10) NOT NULL, "attempts" smallint unsigned NOT NULL CHECK ("attempts" >= 0), "due_at" datetime NOT NULL, "status" smallint unsigned NULL CHECK ("status" >= 0), "error" varchar(300) NOT NULL, "made_at" datetime NOT NULL, "delivered_at" datetime NULL, "webhook_id" bigint NOT NULL REFERENCES "projects_webhook" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "projects_job" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public_id" varchar(16) NOT NULL UNIQUE, "kind" varchar(60) NOT NULL, "subject" varchar(64) NOT NULL, "parameters" text NOT NULL CHECK ((JSON_VALID("parameters") OR "parameters" IS NULL)), "state" varchar(10) NOT NULL, "worker" varchar(64) NOT NULL, "lease_until" datetime NULL, "attempts" smallint unsigned NOT NULL CHECK ("attempts" >= 0), "done" integer unsigned NOT NULL CHECK ("done" >= 0), "total" integer unsigned NOT NULL CHECK ("total" >= 0), "message" varchar(300) NOT NULL, "error" text NOT NULL, "cancel_asked" bool NOT NULL, "created_at" datetime NOT NULL, "started_at" datetime NULL, "finished_at" datetime NULL, "by_id" bigint NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" bigint NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, "waiting_since" datetime NOT NULL)
--;
CREATE TABLE "projects_membership" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public_id" varchar(16) NOT NULL UNIQUE, "label" varchar(20) NOT NULL, "roles" text NOT NULL CHECK ((JSON_VALID("roles") OR "roles" IS NULL)), "joined_at" datetime NOT NULL, "left_at" datetime NULL, "user_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, "is_guide_away" bool NOT NULL, CONSTRAINT "one_membership_per_person" UNIQUE ("project_id", "user_id"), CONSTRAINT "one_label_per_project" UNIQUE ("project_id", "label"))
--;
CREATE TABLE "projects_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "first_name" varchar(150) NOT NULL, "last_name" varchar(150) NOT NULL, "email" varchar(254) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL, "language" varchar(35) NOT NULL, "anonymised_at" datetime NULL, "digest" varchar(10) NOT NULL, "digest_at" datetime NULL, "handle" varchar(16) NOT NULL UNIQUE)
--;
CREATE VIRTUAL TABLE sources_searchtokens USING fts5(tokens, content='', tokenize='ascii', columnsize=0)
--;
CREATE TABLE "sources_document" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public_id" varchar(16) NOT NULL UNIQUE, "external_id" varchar(200) NOT NULL, "kind" varchar(10) NOT NULL, "title" varchar(500) NOT NULL, "outlet" varchar(200) NOT NULL, "author" varchar(200) NOT NULL, "address" varchar(1000) NOT NULL, "published_on" date NULL, "filename" varchar(255) NOT NULL, "sha256" varchar(64) NOT NULL, "size" bigint unsigned NOT NULL CHECK ("size" >= 0), "state" varchar(10) NOT NULL, "reason_code" varchar(40) NOT NULL, "reason" text NOT NULL, "added_at" datetime NOT NULL, "added_by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, "current_text_id" bigint NULL REFERENCES "sources_text" ("id") DEFERRABLE INITIALLY DEFERRED, "described_by_id" bigint NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "parties" text NOT NULL CHECK ((JSON_VALID("parties") OR "parties" IS NULL)), "line" integer unsigned NULL CHECK ("line" >= 0), "pack" varchar(64) NOT NULL, "pack_start" bigint unsigned NULL CHECK ("pack_start" >= 0), "collection_id" bigint NULL REFERENCES "sources_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "article" varchar(64) NOT NULL, "taken_down_at" datetime NULL, CONSTRAINT "one_document_per_external_id" UNIQUE ("project_id", "external_id"), CONSTRAINT "a_read_document_has_a_text" CHECK ((("current_text_id" IS NOT NULL AND "state" = 'read') OR NOT ("state" = 'read'))), CONSTRAINT "a_failed_document_says_why" CHECK ((NOT ("state" = 'failed') OR NOT ("reason" = ''))))
--;
CREATE TABLE "sources_cluster" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public_id" varchar(16) NOT NULL UNIQUE, "confirmed_at" datetime NOT NULL, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, "representative_id" bigint NOT NULL UNIQUE REFERENCES "sources_document" ("id") DEFERRABLE INITIALLY DEFERRED, "confirmed_by_id" bigint NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "sources_articlerange" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" varchar(20) NOT NULL, "start" integer unsigned NOT NULL CHECK ("start" >= 0), "end" integer unsigned NOT NULL CHECK ("end" >= 0), "text_id" bigint NOT NULL REFERENCES "sources_text" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "article_ranges_by_number" UNIQUE ("number", "text_id", "start", "end"))
--;
CREATE TABLE "reconciliation_decision" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "field" varchar(60) NOT NULL, "public_id" varchar(16) NOT NULL UNIQUE, "kind" varchar(10) NOT NULL, "value" text NOT NULL CHECK ((JSON_VALID("value") OR "value" IS NULL)), "candidates" text NOT NULL CHECK ((JSON_VALID("candidates") OR "candidates" IS NULL)), "basis" varchar(64) NOT NULL, "rule" varchar(60) NOT NULL, "reason" text NOT NULL, "error_kind" varchar(10) NOT NULL, "codebook_needs_work" bool NOT NULL, "by_label" varchar(20) NOT NULL, "own_coding" bool NOT NULL, "at" datetime NOT NULL, "adopted_from_id" bigint NULL REFERENCES "coding_event" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "supersedes_id" bigint NULL REFERENCES "reconciliation_decision" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" bigint NOT NULL REFERENCES "reconciliation_group" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "reconciliation_resolvedevent" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public_id" varchar(16) NOT NULL UNIQUE, "type" varchar(40) NOT NULL, "values" text NOT NULL CHECK ((JSON_VALID("values") OR "values" IS NULL)), "is_event" bool NOT NULL, "reopened_at" datetime NULL, "resolved_at" datetime NOT NULL, "group_id" bigint NOT NULL UNIQUE REFERENCES "reconciliation_group" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "reconciliation_report" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "incident_id" bigint NOT NULL REFERENCES "reconciliation_incident" ("id") DEFERRABLE INITIALLY DEFERRED, "resolved_event_id" bigint NOT NULL UNIQUE REFERENCES "reconciliation_resolvedevent" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "reconciliation_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public_id" varchar(16) NOT NULL UNIQUE, "n" integer unsigned NOT NULL CHECK ("n" >= 0), "position" integer unsigned NOT NULL CHECK ("position" >= 0), "type" varchar(40) NOT NULL, "distances" text NOT NULL CHECK ((JSON_VALID("distances") OR "distances" IS NULL)), "retired_at" datetime NULL, "document_id" bigint NOT NULL REFERENCES "sources_document" ("id") DEFERRABLE INITIALLY DEFERRED, "round_id" bigint NOT NULL REFERENCES "coding_round" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "groups_of_a_document_numbered" UNIQUE ("round_id", "document_id", "n"))
--;
CREATE TABLE "reconciliation_incident" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "n" integer unsigned NOT NULL CHECK ("n" >= 0), "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, "merged_into_id" bigint NULL REFERENCES "reconciliation_incident" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "incidents_numbered" UNIQUE ("project_id", "n"))
--;
CREATE TABLE "reconciliation_position" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "field" varchar(60) NOT NULL, "order" integer unsigned NOT NULL CHECK ("order" >= 0), "state" varchar(12) NOT NULL, "candidates" text NOT NULL CHECK ((JSON_VALID("candidates") OR "candidates" IS NULL)), "basis" varchar(64) NOT NULL, "basis_changed" bool NOT NULL, "decision_id" bigint NULL REFERENCES "reconciliation_decision" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" bigint NOT NULL REFERENCES "reconciliation_group" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_position_per_field" UNIQUE ("group_id", "field"))
--;
CREATE TABLE "reconciliation_figure" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "question" varchar(20) NOT NULL, "field" varchar(60) NOT NULL, "type" varchar(40) NOT NULL, "subject" varchar(60) NOT NULL, "coefficient" varchar(60) NOT NULL, "level" varchar(20) NOT NULL, "value" real NULL, "reason" varchar(200) NOT NULL, "low" real NULL, "high" real NULL, "interval" varchar(60) NOT NULL, "n_units" integer unsigned NOT NULL CHECK ("n_units" >= 0), "n_coders" integer unsigned NOT NULL CHECK ("n_coders" >= 0), "n_values" integer unsigned NOT NULL CHECK ("n_values" >= 0), "prevalence" real NULL, "aligned_share" real NULL, "undefined_replicates" integer unsigned NOT NULL CHECK ("undefined_replicates" >= 0), "below_667" real NULL, "below_800" real NULL, "run_id" bigint NOT NULL REFERENCES "reconciliation_run" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "a_figure_once_per_run" UNIQUE ("run_id", "question", "field", "type", "subject", "coefficient", "level"), CONSTRAINT "a_figure_is_a_value_or_a_reason" CHECK ((("reason" = '' AND "value" IS NOT NULL) OR ("value" IS NULL AND NOT ("reason" = '')))))
--;
CREATE TABLE "reconciliation_regrouping" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public_id" varchar(16) NOT NULL UNIQUE, "kind" varchar(10) NOT NULL, "together" text NOT NULL CHECK ((JSON_VALID("together") OR "together" IS NULL)), "apart" text NOT NULL CHECK ((JSON_VALID("apart") OR "apart" IS NULL)), "released" text NOT NULL CHECK ((JSON_VALID("released") OR "released" IS NULL)), "reason" text NOT NULL, "by_label" varchar(20) NOT NULL, "own_coding" bool NOT NULL, "at" datetime NOT NULL, "by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "document_id" bigint NOT NULL REFERENCES "sources_document" ("id") DEFERRABLE INITIALLY DEFERRED, "round_id" bigint NOT NULL REFERENCES "coding_round" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "reconciliation_aligneddocument" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "input_hash" varchar(64) NOT NULL, "tally" text NOT NULL CHECK ((JSON_VALID("tally") OR "tally" IS NULL)), "document_id" bigint NOT NULL REFERENCES "sources_document" ("id") DEFERRABLE INITIALLY DEFERRED, "round_id" bigint NOT NULL REFERENCES "coding_round" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "a_document_aligned_once_per_round" UNIQUE ("round_id", "document_id"))
--;
CREATE TABLE "reconciliation_member" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "coder_id" bigint NOT NULL REFERENCES "projects_membership" ("id") DEFERRABLE INITIALLY DEFERRED, "event_id" bigint NOT NULL UNIQUE REFERENCES "coding_event" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" bigint NOT NULL REFERENCES "reconciliation_group" ("id") DEFERRABLE INITIALLY DEFERRED, "label" varchar(30) NOT NULL, CONSTRAINT "one_event_per_reading_in_a_group" UNIQUE ("group_id", "label"))
--;
CREATE TABLE "reconciliation_distinction" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "reason" text NOT NULL, "at" datetime NOT NULL, "by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "first_id" bigint NOT NULL REFERENCES "reconciliation_resolvedevent" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, "second_id" bigint NOT NULL REFERENCES "reconciliation_resolvedevent" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "two_incidents_said_once" UNIQUE ("first_id", "second_id"))
--;
CREATE TABLE "reconciliation_proposal" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "distance" real NOT NULL, "terms" text NOT NULL CHECK ((JSON_VALID("terms") OR "terms" IS NULL)), "first_id" bigint NOT NULL REFERENCES "reconciliation_resolvedevent" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, "second_id" bigint NOT NULL REFERENCES "reconciliation_resolvedevent" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "reconciliation_assessment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public_id" varchar(16) NOT NULL UNIQUE, "provider" integer unsigned NOT NULL CHECK ("provider" >= 0), "recipient" integer unsigned NOT NULL CHECK ("recipient" >= 0), "type" varchar(16) NOT NULL, "year" smallint unsigned NOT NULL CHECK ("year" >= 0), "promised" smallint NULL, "kept" smallint NULL, "additional" smallint NULL, "is_withdrawn" bool NOT NULL, "proposed" text NOT NULL CHECK ((JSON_VALID("proposed") OR "proposed" IS NULL)), "basis" text NOT NULL CHECK ((JSON_VALID("basis") OR "basis" IS NULL)), "reason" text NOT NULL, "by_label" varchar(20) NOT NULL, "at" datetime NOT NULL, "alliance_id" bigint NOT NULL REFERENCES "sources_alliance" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, "supersedes_id" bigint NULL UNIQUE REFERENCES "reconciliation_assessment" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "promised_is_a_code" CHECK (("promised" IN (0, 1, -9) OR "promised" IS NULL)), CONSTRAINT "only_a_promise_is_kept" CHECK (("kept" IS NULL OR ("kept" IN (0, 1, 2, -9) AND "promised" = 1))), CONSTRAINT "additional_is_a_code" CHECK (("additional" IN (0, 1, -9) OR "additional" IS NULL)), CONSTRAINT "an_assessment_says_something" CHECK ((("additional" IS NULL AND "is_withdrawn" AND "kept" IS NULL AND "promised" IS NULL) OR (NOT "is_withdrawn" AND ("promised" IS NOT NULL OR "additional" IS NOT NULL)))), CONSTRAINT "an_assessment_has_two_sides" CHECK (("provider" > 0 AND NOT ("provider" = ("recipient")))))
--;
CREATE TABLE "reconciliation_run" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "n" integer unsigned NOT NULL CHECK ("n" >= 0), "parameters" text NOT NULL CHECK ((JSON_VALID("parameters") OR "parameters" IS NULL)), "input_hash" varchar(64) NOT NULL, "software" varchar(40) NOT NULL, "counts" text NOT NULL CHECK ((JSON_VALID("counts") OR "counts" IS NULL)), "asked_at" datetime NOT NULL, "finished_at" datetime NULL, "by_id" bigint NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "round_id" bigint NOT NULL REFERENCES "coding_round" ("id") DEFERRABLE INITIALLY DEFERRED, "breakdown" text NOT NULL CHECK ((JSON_VALID("breakdown") OR "breakdown" IS NULL)), "is_whole" bool NOT NULL, "selection" text NOT NULL CHECK ((JSON_VALID("selection") OR "selection" IS NULL)), "document_id" bigint NULL REFERENCES "sources_document" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "runs_of_a_round_numbered" UNIQUE ("round_id", "n"))
--;
CREATE TABLE "reconciliation_proof" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "start" integer unsigned NOT NULL CHECK ("start" >= 0), "end" integer unsigned NOT NULL CHECK ("end" >= 0), "exact" text NOT NULL, "decision_id" bigint NOT NULL REFERENCES "reconciliation_decision" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "a_passage_proves_a_decision_once" UNIQUE ("decision_id", "start", "end"), CONSTRAINT "proof_start_before_end" CHECK ("start" < ("end")))
--;
CREATE TABLE "reconciliation_routine" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "enough" smallint unsigned NULL CHECK ("enough" >= 0), "every" integer unsigned NOT NULL CHECK ("every" >= 0), "by_label" varchar(20) NOT NULL, "at" datetime NOT NULL, "looked_at" datetime NULL, "by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "round_id" bigint NOT NULL UNIQUE REFERENCES "coding_round" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "enough_coders_are_some" CHECK (("enough" IS NULL OR "enough" >= 1)))
--;
CREATE TABLE "reconciliation_handling" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "reason" text NOT NULL, "at" datetime NOT NULL, "by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "decision_id" bigint NULL UNIQUE REFERENCES "reconciliation_decision" ("id") DEFERRABLE INITIALLY DEFERRED, "note_id" bigint NULL REFERENCES "coding_draftnote" ("id") DEFERRABLE INITIALLY DEFERRED, "question_id" bigint NULL UNIQUE REFERENCES "coding_question" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "a_handling_is_of_a_decision_or_a_question" CHECK ((("decision_id" IS NOT NULL AND "question_id" IS NULL) OR ("decision_id" IS NULL AND "question_id" IS NOT NULL))), CONSTRAINT "a_handling_is_a_note_or_a_reason" CHECK ((("note_id" IS NOT NULL AND "reason" = '') OR ("note_id" IS NULL AND NOT ("reason" = '')))))
--;
CREATE TABLE "reconciliation_preference" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "field" varchar(60) NOT NULL, "value" text NOT NULL CHECK ((JSON_VALID("value") OR "value" IS NULL)), "reason" text NOT NULL, "by_label" varchar(20) NOT NULL, "own_coding" bool NOT NULL, "at" datetime NOT NULL, "by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "incident_id" bigint NOT NULL REFERENCES "reconciliation_incident" ("id") DEFERRABLE INITIALLY DEFERRED, "taken_from_id" bigint NULL REFERENCES "reconciliation_resolvedevent" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL)
--;
CREATE TABLE "socialaccount_socialapp" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "provider" varchar(30) NOT NULL, "name" varchar(40) NOT NULL, "client_id" varchar(191) NOT NULL, "secret" varchar(191) NOT NULL, "key" varchar(191) NOT NULL, "provider_id" varchar(200) NOT NULL, "settings" text NOT NULL CHECK ((JSON_VALID("settings") OR "settings" IS NULL)))
--;
CREATE TABLE "socialaccount_socialtoken" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "token" text NOT NULL, "token_secret" text NOT NULL, "expires_at" datetime NULL, "account_id" integer NOT NULL REFERENCES "socialaccount_socialaccount" ("id") DEFERRABLE INITIALLY DEFERRED, "app_id" integer NULL REFERENCES "socialaccount_socialapp" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
CREATE TABLE "socialaccount_socialaccount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "provider" varchar(200) NOT NULL, "uid" varchar(191) NOT NULL, "last_login" datetime NOT NULL, "date_joined" datetime NOT NULL, "user_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "extra_data" text NOT NULL CHECK ((JSON_VALID("extra_data") OR "extra_data" IS NULL)))
--;
CREATE TABLE "sources_collection" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public_id" varchar(16) NOT NULL UNIQUE, "label" varchar(180) NOT NULL, "form" varchar(10) NOT NULL, "filename" varchar(255) NOT NULL, "sha256" varchar(64) NOT NULL, "size" bigint unsigned NOT NULL CHECK ("size" >= 0), "headers" text NOT NULL CHECK ((JSON_VALID("headers") OR "headers" IS NULL)), "columns" text NOT NULL CHECK ((JSON_VALID("columns") OR "columns" IS NULL)), "said" text NOT NULL CHECK ((JSON_VALID("said") OR "said" IS NULL)), "depth" smallint unsigned NOT NULL CHECK ("depth" >= 0), "state" varchar(10) NOT NULL, "reason" text NOT NULL, "items" integer unsigned NOT NULL CHECK ("items" >= 0), "added" integer unsigned NOT NULL CHECK ("added" >= 0), "known" integer unsigned NOT NULL CHECK ("known" >= 0), "refused" integer unsigned NOT NULL CHECK ("refused" >= 0), "unpacked" bigint unsigned NOT NULL CHECK ("unpacked" >= 0), "added_at" datetime NOT NULL, "added_by_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" bigint NOT NULL REFERENCES "projects_project" ("id") DEFERRABLE INITIALLY DEFERRED, "emptied_at" datetime NULL, "is_indexed" bool NOT NULL, "parent_id" bigint NULL REFERENCES "sources_collection" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_collection_per_content" UNIQUE ("project_id", "sha256"), CONSTRAINT "one_collection_per_label" UNIQUE ("project_id", "label"), CONSTRAINT "a_failed_collection_says_why" CHECK ((NOT ("state" = 'failed') OR NOT ("reason" = ''))))
--;
CREATE TABLE "usersessions_usersession" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL, "ip" char(39) NOT NULL, "last_seen_at" datetime NOT NULL, "session_key" varchar(40) NOT NULL UNIQUE, "user_agent" varchar(200) NOT NULL, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "user_id" bigint NOT NULL REFERENCES "projects_user" ("id") DEFERRABLE INITIALLY DEFERRED)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (1, 'contenttypes', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (10, 'auth', '0008_alter_user_username_max_length', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (11, 'auth', '0009_alter_user_last_name_max_length', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (12, 'auth', '0010_alter_group_name_max_length', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (13, 'auth', '0011_update_proxy_permissions', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (14, 'auth', '0012_alter_user_first_name_max_length', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (15, 'projects', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (16, 'account', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (17, 'account', '0002_email_max_length', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (18, 'account', '0003_alter_emailaddress_create_unique_verified_email', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (19, 'account', '0004_alter_emailaddress_drop_unique_email', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (2, 'contenttypes', '0002_remove_content_type_name', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (20, 'account', '0005_emailaddress_idx_upper_email', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (21, 'account', '0006_emailaddress_lower', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (22, 'account', '0007_emailaddress_idx_email', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (23, 'account', '0008_emailaddress_unique_primary_email_fixup', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (24, 'account', '0009_emailaddress_unique_primary_email', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (25, 'axes', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (26, 'axes', '0002_auto_20151217_2044', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (27, 'axes', '0003_auto_20160322_0929', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (28, 'axes', '0004_auto_20181024_1538', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (29, 'axes', '0005_remove_accessattempt_trusted', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (3, 'auth', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (30, 'axes', '0006_remove_accesslog_trusted', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (31, 'axes', '0007_alter_accessattempt_unique_together', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (32, 'axes', '0008_accessfailurelog', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (33, 'axes', '0009_add_session_hash', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (34, 'axes', '0010_accessattemptexpiration', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (35, 'projects', '0002_ledger_is_append_only', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (36, 'projects', '0003_people_choose_a_language', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (37, 'sources', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (38, 'sources', '0002_texts_never_change', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (39, 'sources', '0003_alliances_and_lists_of_states', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (4, 'auth', '0002_alter_permission_name_max_length', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (40, 'sources', '0004_memberships_never_overlap', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (41, 'sources', '0005_finding', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (42, 'sources', '0006_index_and_shingles', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (43, 'sources', '0007_outlines_and_parties', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (44, 'sources', '0008_documents_come_from_collections', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (45, 'coding', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (46, 'coding', '0002_operations_and_published_codebooks_never_change', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (47, 'coding', '0003_manuscripts_and_second_looks', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (48, 'coding', '0004_settlements_of_passages', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (49, 'coding', '0005_rounds_in_full', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (5, 'auth', '0003_alter_user_email_max_length', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (50, 'coding', '0006_questions_working_time_and_keys', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (51, 'coding', '0007_draft_notes', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (52, 'coding', '0008_event_templates', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (53, 'coding', '0009_exchanges_and_origins', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (54, 'datasets', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (55, 'datasets', '0002_published_releases_never_change', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (56, 'datasets', '0003_checks_waivers_and_what_a_release_says', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (57, 'datasets', '0004_published_releases_keep_what_they_say', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (58, 'mfa', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (59, 'mfa', '0002_authenticator_timestamps', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (6, 'auth', '0004_alter_user_username_opts', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (60, 'mfa', '0003_authenticator_type_uniq', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (61, 'projects', '0004_ledgers_have_an_end', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (62, 'projects', '0005_who_gets_in', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (63, 'projects', '0006_webhooks_and_kept_answers', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (64, 'projects', '0007_jobs_know_since_when_they_wait', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (65, 'projects', '0008_members_put_the_guide_away', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (66, 'projects', '0009_people_have_a_handle', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (67, 'sources', '0009_beginnings_need_no_index', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (68, 'sources', '0010_notes_and_where_parties_were_read', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (69, 'sources', '0011_articles_and_same_texts', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (7, 'auth', '0005_alter_user_last_login_null', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (70, 'sources', '0012_articles_told', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (71, 'sources', '0013_one_document_per_article', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (72, 'sources', '0014_articles_are_found', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (73, 'reconciliation', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (74, 'reconciliation', '0002_decisions_never_change', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (75, 'reconciliation', '0003_regroupings', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (76, 'reconciliation', '0004_labels_of_members', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (77, 'reconciliation', '0005_proposals_and_distinctions', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (78, 'reconciliation', '0006_assessments', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (79, 'reconciliation', '0007_figures_taken_apart', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (8, 'auth', '0006_require_contenttypes_0002', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (80, 'reconciliation', '0008_proofs_routines_and_runs_of_documents', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (81, 'reconciliation', '0009_handlings', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (82, 'reconciliation', '0010_preferences_of_incidents', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (83, 'reconciliation', '0011_proofs_may_be_blackened', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (84, 'sessions', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (85, 'socialaccount', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (86, 'socialaccount', '0002_token_max_lengths', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (87, 'socialaccount', '0003_extra_data_default_dict', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (88, 'socialaccount', '0004_app_provider_id_settings', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (89, 'socialaccount', '0005_socialtoken_nullable_app', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (9, 'auth', '0007_alter_validators_add_error_messages', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (90, 'socialaccount', '0006_alter_socialaccount_extra_data', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (91, 'sources', '0015_ranges_are_found_by_index', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (92, 'sources', '0016_documents_are_taken_down', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (93, 'sources', '0017_collections_say_whether_they_are_found', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (94, 'sources', '0018_references_found_by_other_indexes', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (95, 'usersessions', '0001_initial', CURRENT_TIMESTAMP)
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (1, 'datasets', 'release')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (10, 'reconciliation', 'position')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (11, 'reconciliation', 'resolvedevent')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (12, 'reconciliation', 'report')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (13, 'reconciliation', 'run')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (14, 'reconciliation', 'figure')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (15, 'reconciliation', 'aligneddocument')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (16, 'reconciliation', 'regrouping')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (17, 'reconciliation', 'distinction')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (18, 'reconciliation', 'proposal')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (19, 'reconciliation', 'assessment')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (2, 'datasets', 'releasefile')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (20, 'reconciliation', 'proof')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (21, 'reconciliation', 'routine')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (22, 'reconciliation', 'handling')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (23, 'reconciliation', 'preference')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (24, 'coding', 'assignment')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (25, 'coding', 'codebook')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (26, 'coding', 'event')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (27, 'coding', 'operation')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (28, 'coding', 'passage')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (29, 'coding', 'evidence')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (3, 'datasets', 'dataset')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (30, 'coding', 'round')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (31, 'coding', 'manuscript')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (32, 'coding', 'secondlook')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (33, 'coding', 'settlement')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (34, 'coding', 'codebooknote')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (35, 'coding', 'keychoice')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (36, 'coding', 'question')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (37, 'coding', 'stint')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (38, 'coding', 'draftnote')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (39, 'coding', 'eventtemplate')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (4, 'datasets', 'searchedyears')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (40, 'coding', 'exchange')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (41, 'coding', 'origin')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (42, 'sources', 'document')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (43, 'sources', 'text')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (44, 'sources', 'page')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (45, 'sources', 'alliancelist')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (46, 'sources', 'alliance')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (47, 'sources', 'alliancemember')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (48, 'sources', 'statelist')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (49, 'sources', 'cluster')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (5, 'datasets', 'waiver')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (50, 'sources', 'copy')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (51, 'sources', 'searchlog')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (52, 'sources', 'sketch')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (53, 'sources', 'likeness')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (54, 'sources', 'mention')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (55, 'sources', 'searchrange')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (56, 'sources', 'outline')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (57, 'sources', 'section')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (58, 'sources', 'collection')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (59, 'sources', 'collectionline')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (6, 'reconciliation', 'group')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (60, 'sources', 'articlerange')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (61, 'projects', 'project')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (62, 'projects', 'user')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (63, 'projects', 'ledgerline')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (64, 'projects', 'apitoken')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (65, 'projects', 'membership')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (66, 'projects', 'job')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (67, 'projects', 'ledgerhead')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (68, 'projects', 'resetlink')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (69, 'projects', 'invitation')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (7, 'reconciliation', 'decision')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (70, 'projects', 'webhook')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (71, 'projects', 'keptanswer')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (72, 'projects', 'delivery')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (73, 'account', 'emailaddress')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (74, 'account', 'emailconfirmation')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (75, 'mfa', 'authenticator')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (76, 'usersessions', 'usersession')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (77, 'socialaccount', 'socialaccount')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (78, 'socialaccount', 'socialapp')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (79, 'socialaccount', 'socialtoken')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (8, 'reconciliation', 'incident')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (80, 'axes', 'accessattempt')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (81, 'axes', 'accesslog')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (82, 'axes', 'accessfailurelog')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (83, 'axes', 'accessattemptexpiration')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (84, 'auth', 'permission')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (85, 'auth', 'group')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (86, 'contenttypes', 'contenttype')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (87, 'sessions', 'session')
--;
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (9, 'reconciliation', 'member')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (1, 1, 'add_release', 'Can add release')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (10, 3, 'change_dataset', 'Can change dataset')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (100, 25, 'view_codebook', 'Can view codebook')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (101, 26, 'add_event', 'Can add event')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (102, 26, 'change_event', 'Can change event')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (103, 26, 'delete_event', 'Can delete event')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (104, 26, 'view_event', 'Can view event')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (105, 27, 'add_operation', 'Can add operation')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (106, 27, 'change_operation', 'Can change operation')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (107, 27, 'delete_operation', 'Can delete operation')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (108, 27, 'view_operation', 'Can view operation')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (109, 28, 'add_passage', 'Can add passage')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (11, 3, 'delete_dataset', 'Can delete dataset')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (110, 28, 'change_passage', 'Can change passage')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (111, 28, 'delete_passage', 'Can delete passage')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (112, 28, 'view_passage', 'Can view passage')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (113, 29, 'add_evidence', 'Can add evidence')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (114, 29, 'change_evidence', 'Can change evidence')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (115, 29, 'delete_evidence', 'Can delete evidence')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (116, 29, 'view_evidence', 'Can view evidence')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (117, 30, 'add_round', 'Can add round')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (118, 30, 'change_round', 'Can change round')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (119, 30, 'delete_round', 'Can delete round')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (12, 3, 'view_dataset', 'Can view dataset')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (120, 30, 'view_round', 'Can view round')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (121, 31, 'add_manuscript', 'Can add manuscript')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (122, 31, 'change_manuscript', 'Can change manuscript')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (123, 31, 'delete_manuscript', 'Can delete manuscript')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (124, 31, 'view_manuscript', 'Can view manuscript')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (125, 32, 'add_secondlook', 'Can add second look')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (126, 32, 'change_secondlook', 'Can change second look')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (127, 32, 'delete_secondlook', 'Can delete second look')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (128, 32, 'view_secondlook', 'Can view second look')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (129, 33, 'add_settlement', 'Can add settlement')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (13, 4, 'add_searchedyears', 'Can add searched years')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (130, 33, 'change_settlement', 'Can change settlement')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (131, 33, 'delete_settlement', 'Can delete settlement')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (132, 33, 'view_settlement', 'Can view settlement')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (133, 34, 'add_codebooknote', 'Can add codebook note')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (134, 34, 'change_codebooknote', 'Can change codebook note')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (135, 34, 'delete_codebooknote', 'Can delete codebook note')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (136, 34, 'view_codebooknote', 'Can view codebook note')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (137, 35, 'add_keychoice', 'Can add key choice')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (138, 35, 'change_keychoice', 'Can change key choice')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (139, 35, 'delete_keychoice', 'Can delete key choice')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (14, 4, 'change_searchedyears', 'Can change searched years')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (140, 35, 'view_keychoice', 'Can view key choice')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (141, 36, 'add_question', 'Can add question')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (142, 36, 'change_question', 'Can change question')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (143, 36, 'delete_question', 'Can delete question')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (144, 36, 'view_question', 'Can view question')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (145, 37, 'add_stint', 'Can add stint')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (146, 37, 'change_stint', 'Can change stint')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (147, 37, 'delete_stint', 'Can delete stint')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (148, 37, 'view_stint', 'Can view stint')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (149, 38, 'add_draftnote', 'Can add draft note')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (15, 4, 'delete_searchedyears', 'Can delete searched years')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (150, 38, 'change_draftnote', 'Can change draft note')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (151, 38, 'delete_draftnote', 'Can delete draft note')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (152, 38, 'view_draftnote', 'Can view draft note')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (153, 39, 'add_eventtemplate', 'Can add event template')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (154, 39, 'change_eventtemplate', 'Can change event template')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (155, 39, 'delete_eventtemplate', 'Can delete event template')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (156, 39, 'view_eventtemplate', 'Can view event template')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (157, 40, 'add_exchange', 'Can add exchange')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (158, 40, 'change_exchange', 'Can change exchange')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (159, 40, 'delete_exchange', 'Can delete exchange')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (16, 4, 'view_searchedyears', 'Can view searched years')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (160, 40, 'view_exchange', 'Can view exchange')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (161, 41, 'add_origin', 'Can add origin')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (162, 41, 'change_origin', 'Can change origin')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (163, 41, 'delete_origin', 'Can delete origin')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (164, 41, 'view_origin', 'Can view origin')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (165, 42, 'add_document', 'Can add document')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (166, 42, 'change_document', 'Can change document')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (167, 42, 'delete_document', 'Can delete document')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (168, 42, 'view_document', 'Can view document')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (169, 43, 'add_text', 'Can add text')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (17, 5, 'add_waiver', 'Can add waiver')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (170, 43, 'change_text', 'Can change text')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (171, 43, 'delete_text', 'Can delete text')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (172, 43, 'view_text', 'Can view text')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (173, 44, 'add_page', 'Can add page')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (174, 44, 'change_page', 'Can change page')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (175, 44, 'delete_page', 'Can delete page')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (176, 44, 'view_page', 'Can view page')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (177, 45, 'add_alliancelist', 'Can add alliance list')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (178, 45, 'change_alliancelist', 'Can change alliance list')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (179, 45, 'delete_alliancelist', 'Can delete alliance list')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (18, 5, 'change_waiver', 'Can change waiver')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (180, 45, 'view_alliancelist', 'Can view alliance list')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (181, 46, 'add_alliance', 'Can add alliance')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (182, 46, 'change_alliance', 'Can change alliance')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (183, 46, 'delete_alliance', 'Can delete alliance')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (184, 46, 'view_alliance', 'Can view alliance')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (185, 47, 'add_alliancemember', 'Can add alliance member')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (186, 47, 'change_alliancemember', 'Can change alliance member')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (187, 47, 'delete_alliancemember', 'Can delete alliance member')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (188, 47, 'view_alliancemember', 'Can view alliance member')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (189, 48, 'add_statelist', 'Can add state list')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (19, 5, 'delete_waiver', 'Can delete waiver')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (190, 48, 'change_statelist', 'Can change state list')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (191, 48, 'delete_statelist', 'Can delete state list')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (192, 48, 'view_statelist', 'Can view state list')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (193, 49, 'add_cluster', 'Can add cluster')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (194, 49, 'change_cluster', 'Can change cluster')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (195, 49, 'delete_cluster', 'Can delete cluster')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (196, 49, 'view_cluster', 'Can view cluster')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (197, 50, 'add_copy', 'Can add copy')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (198, 50, 'change_copy', 'Can change copy')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (199, 50, 'delete_copy', 'Can delete copy')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (2, 1, 'change_release', 'Can change release')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (20, 5, 'view_waiver', 'Can view waiver')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (200, 50, 'view_copy', 'Can view copy')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (201, 51, 'add_searchlog', 'Can add search log')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (202, 51, 'change_searchlog', 'Can change search log')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (203, 51, 'delete_searchlog', 'Can delete search log')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (204, 51, 'view_searchlog', 'Can view search log')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (205, 52, 'add_sketch', 'Can add sketch')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (206, 52, 'change_sketch', 'Can change sketch')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (207, 52, 'delete_sketch', 'Can delete sketch')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (208, 52, 'view_sketch', 'Can view sketch')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (209, 53, 'add_likeness', 'Can add likeness')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (21, 6, 'add_group', 'Can add group')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (210, 53, 'change_likeness', 'Can change likeness')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (211, 53, 'delete_likeness', 'Can delete likeness')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (212, 53, 'view_likeness', 'Can view likeness')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (213, 54, 'add_mention', 'Can add mention')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (214, 54, 'change_mention', 'Can change mention')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (215, 54, 'delete_mention', 'Can delete mention')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (216, 54, 'view_mention', 'Can view mention')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (217, 55, 'add_searchrange', 'Can add search range')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (218, 55, 'change_searchrange', 'Can change search range')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (219, 55, 'delete_searchrange', 'Can delete search range')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (22, 6, 'change_group', 'Can change group')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (220, 55, 'view_searchrange', 'Can view search range')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (221, 56, 'add_outline', 'Can add outline')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (222, 56, 'change_outline', 'Can change outline')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (223, 56, 'delete_outline', 'Can delete outline')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (224, 56, 'view_outline', 'Can view outline')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (225, 57, 'add_section', 'Can add section')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (226, 57, 'change_section', 'Can change section')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (227, 57, 'delete_section', 'Can delete section')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (228, 57, 'view_section', 'Can view section')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (229, 58, 'add_collection', 'Can add collection')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (23, 6, 'delete_group', 'Can delete group')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (230, 58, 'change_collection', 'Can change collection')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (231, 58, 'delete_collection', 'Can delete collection')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (232, 58, 'view_collection', 'Can view collection')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (233, 59, 'add_collectionline', 'Can add collection line')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (234, 59, 'change_collectionline', 'Can change collection line')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (235, 59, 'delete_collectionline', 'Can delete collection line')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (236, 59, 'view_collectionline', 'Can view collection line')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (237, 60, 'add_articlerange', 'Can add article range')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (238, 60, 'change_articlerange', 'Can change article range')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (239, 60, 'delete_articlerange', 'Can delete article range')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (24, 6, 'view_group', 'Can view group')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (240, 60, 'view_articlerange', 'Can view article range')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (241, 61, 'add_project', 'Can add project')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (242, 61, 'change_project', 'Can change project')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (243, 61, 'delete_project', 'Can delete project')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (244, 61, 'view_project', 'Can view project')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (245, 62, 'add_user', 'Can add user')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (246, 62, 'change_user', 'Can change user')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (247, 62, 'delete_user', 'Can delete user')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (248, 62, 'view_user', 'Can view user')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (249, 63, 'add_ledgerline', 'Can add ledger line')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (25, 7, 'add_decision', 'Can add decision')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (250, 63, 'change_ledgerline', 'Can change ledger line')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (251, 63, 'delete_ledgerline', 'Can delete ledger line')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (252, 63, 'view_ledgerline', 'Can view ledger line')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (253, 64, 'add_apitoken', 'Can add api token')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (254, 64, 'change_apitoken', 'Can change api token')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (255, 64, 'delete_apitoken', 'Can delete api token')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (256, 64, 'view_apitoken', 'Can view api token')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (257, 65, 'add_membership', 'Can add membership')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (258, 65, 'change_membership', 'Can change membership')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (259, 65, 'delete_membership', 'Can delete membership')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (26, 7, 'change_decision', 'Can change decision')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (260, 65, 'view_membership', 'Can view membership')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (261, 66, 'add_job', 'Can add job')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (262, 66, 'change_job', 'Can change job')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (263, 66, 'delete_job', 'Can delete job')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (264, 66, 'view_job', 'Can view job')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (265, 67, 'add_ledgerhead', 'Can add ledger head')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (266, 67, 'change_ledgerhead', 'Can change ledger head')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (267, 67, 'delete_ledgerhead', 'Can delete ledger head')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (268, 67, 'view_ledgerhead', 'Can view ledger head')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (269, 68, 'add_resetlink', 'Can add reset link')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (27, 7, 'delete_decision', 'Can delete decision')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (270, 68, 'change_resetlink', 'Can change reset link')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (271, 68, 'delete_resetlink', 'Can delete reset link')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (272, 68, 'view_resetlink', 'Can view reset link')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (273, 69, 'add_invitation', 'Can add invitation')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (274, 69, 'change_invitation', 'Can change invitation')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (275, 69, 'delete_invitation', 'Can delete invitation')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (276, 69, 'view_invitation', 'Can view invitation')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (277, 70, 'add_webhook', 'Can add webhook')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (278, 70, 'change_webhook', 'Can change webhook')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (279, 70, 'delete_webhook', 'Can delete webhook')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (28, 7, 'view_decision', 'Can view decision')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (280, 70, 'view_webhook', 'Can view webhook')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (281, 71, 'add_keptanswer', 'Can add kept answer')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (282, 71, 'change_keptanswer', 'Can change kept answer')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (283, 71, 'delete_keptanswer', 'Can delete kept answer')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (284, 71, 'view_keptanswer', 'Can view kept answer')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (285, 72, 'add_delivery', 'Can add delivery')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (286, 72, 'change_delivery', 'Can change delivery')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (287, 72, 'delete_delivery', 'Can delete delivery')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (288, 72, 'view_delivery', 'Can view delivery')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (289, 73, 'add_emailaddress', 'Can add email address')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (29, 8, 'add_incident', 'Can add incident')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (290, 73, 'change_emailaddress', 'Can change email address')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (291, 73, 'delete_emailaddress', 'Can delete email address')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (292, 73, 'view_emailaddress', 'Can view email address')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (293, 74, 'add_emailconfirmation', 'Can add email confirmation')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (294, 74, 'change_emailconfirmation', 'Can change email confirmation')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (295, 74, 'delete_emailconfirmation', 'Can delete email confirmation')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (296, 74, 'view_emailconfirmation', 'Can view email confirmation')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (297, 75, 'add_authenticator', 'Can add authenticator')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (298, 75, 'change_authenticator', 'Can change authenticator')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (299, 75, 'delete_authenticator', 'Can delete authenticator')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (3, 1, 'delete_release', 'Can delete release')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (30, 8, 'change_incident', 'Can change incident')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (300, 75, 'view_authenticator', 'Can view authenticator')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (301, 76, 'add_usersession', 'Can add user session')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (302, 76, 'change_usersession', 'Can change user session')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (303, 76, 'delete_usersession', 'Can delete user session')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (304, 76, 'view_usersession', 'Can view user session')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (305, 77, 'add_socialaccount', 'Can add social account')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (306, 77, 'change_socialaccount', 'Can change social account')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (307, 77, 'delete_socialaccount', 'Can delete social account')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (308, 77, 'view_socialaccount', 'Can view social account')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (309, 78, 'add_socialapp', 'Can add social application')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (31, 8, 'delete_incident', 'Can delete incident')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (310, 78, 'change_socialapp', 'Can change social application')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (311, 78, 'delete_socialapp', 'Can delete social application')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (312, 78, 'view_socialapp', 'Can view social application')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (313, 79, 'add_socialtoken', 'Can add social application token')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (314, 79, 'change_socialtoken', 'Can change social application token')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (315, 79, 'delete_socialtoken', 'Can delete social application token')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (316, 79, 'view_socialtoken', 'Can view social application token')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (317, 80, 'add_accessattempt', 'Can add access attempt')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (318, 80, 'change_accessattempt', 'Can change access attempt')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (319, 80, 'delete_accessattempt', 'Can delete access attempt')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (32, 8, 'view_incident', 'Can view incident')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (320, 80, 'view_accessattempt', 'Can view access attempt')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (321, 81, 'add_accesslog', 'Can add access log')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (322, 81, 'change_accesslog', 'Can change access log')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (323, 81, 'delete_accesslog', 'Can delete access log')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (324, 81, 'view_accesslog', 'Can view access log')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (325, 82, 'add_accessfailurelog', 'Can add access failure')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (326, 82, 'change_accessfailurelog', 'Can change access failure')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (327, 82, 'delete_accessfailurelog', 'Can delete access failure')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (328, 82, 'view_accessfailurelog', 'Can view access failure')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (329, 83, 'add_accessattemptexpiration', 'Can add access attempt expiration')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (33, 9, 'add_member', 'Can add member')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (330, 83, 'change_accessattemptexpiration', 'Can change access attempt expiration')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (331, 83, 'delete_accessattemptexpiration', 'Can delete access attempt expiration')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (332, 83, 'view_accessattemptexpiration', 'Can view access attempt expiration')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (333, 84, 'add_permission', 'Can add permission')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (334, 84, 'change_permission', 'Can change permission')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (335, 84, 'delete_permission', 'Can delete permission')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (336, 84, 'view_permission', 'Can view permission')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (337, 85, 'add_group', 'Can add group')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (338, 85, 'change_group', 'Can change group')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (339, 85, 'delete_group', 'Can delete group')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (34, 9, 'change_member', 'Can change member')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (340, 85, 'view_group', 'Can view group')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (341, 86, 'add_contenttype', 'Can add content type')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (342, 86, 'change_contenttype', 'Can change content type')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (343, 86, 'delete_contenttype', 'Can delete content type')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (344, 86, 'view_contenttype', 'Can view content type')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (345, 87, 'add_session', 'Can add session')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (346, 87, 'change_session', 'Can change session')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (347, 87, 'delete_session', 'Can delete session')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (348, 87, 'view_session', 'Can view session')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (35, 9, 'delete_member', 'Can delete member')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (36, 9, 'view_member', 'Can view member')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (37, 10, 'add_position', 'Can add position')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (38, 10, 'change_position', 'Can change position')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (39, 10, 'delete_position', 'Can delete position')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (4, 1, 'view_release', 'Can view release')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (40, 10, 'view_position', 'Can view position')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (41, 11, 'add_resolvedevent', 'Can add resolved event')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (42, 11, 'change_resolvedevent', 'Can change resolved event')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (43, 11, 'delete_resolvedevent', 'Can delete resolved event')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (44, 11, 'view_resolvedevent', 'Can view resolved event')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (45, 12, 'add_report', 'Can add report')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (46, 12, 'change_report', 'Can change report')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (47, 12, 'delete_report', 'Can delete report')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (48, 12, 'view_report', 'Can view report')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (49, 13, 'add_run', 'Can add run')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (5, 2, 'add_releasefile', 'Can add release file')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (50, 13, 'change_run', 'Can change run')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (51, 13, 'delete_run', 'Can delete run')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (52, 13, 'view_run', 'Can view run')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (53, 14, 'add_figure', 'Can add figure')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (54, 14, 'change_figure', 'Can change figure')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (55, 14, 'delete_figure', 'Can delete figure')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (56, 14, 'view_figure', 'Can view figure')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (57, 15, 'add_aligneddocument', 'Can add aligned document')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (58, 15, 'change_aligneddocument', 'Can change aligned document')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (59, 15, 'delete_aligneddocument', 'Can delete aligned document')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (6, 2, 'change_releasefile', 'Can change release file')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (60, 15, 'view_aligneddocument', 'Can view aligned document')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (61, 16, 'add_regrouping', 'Can add regrouping')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (62, 16, 'change_regrouping', 'Can change regrouping')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (63, 16, 'delete_regrouping', 'Can delete regrouping')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (64, 16, 'view_regrouping', 'Can view regrouping')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (65, 17, 'add_distinction', 'Can add distinction')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (66, 17, 'change_distinction', 'Can change distinction')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (67, 17, 'delete_distinction', 'Can delete distinction')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (68, 17, 'view_distinction', 'Can view distinction')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (69, 18, 'add_proposal', 'Can add proposal')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (7, 2, 'delete_releasefile', 'Can delete release file')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (70, 18, 'change_proposal', 'Can change proposal')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (71, 18, 'delete_proposal', 'Can delete proposal')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (72, 18, 'view_proposal', 'Can view proposal')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (73, 19, 'add_assessment', 'Can add assessment')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (74, 19, 'change_assessment', 'Can change assessment')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (75, 19, 'delete_assessment', 'Can delete assessment')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (76, 19, 'view_assessment', 'Can view assessment')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (77, 20, 'add_proof', 'Can add proof')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (78, 20, 'change_proof', 'Can change proof')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (79, 20, 'delete_proof', 'Can delete proof')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (8, 2, 'view_releasefile', 'Can view release file')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (80, 20, 'view_proof', 'Can view proof')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (81, 21, 'add_routine', 'Can add routine')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (82, 21, 'change_routine', 'Can change routine')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (83, 21, 'delete_routine', 'Can delete routine')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (84, 21, 'view_routine', 'Can view routine')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (85, 22, 'add_handling', 'Can add handling')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (86, 22, 'change_handling', 'Can change handling')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (87, 22, 'delete_handling', 'Can delete handling')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (88, 22, 'view_handling', 'Can view handling')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (89, 23, 'add_preference', 'Can add preference')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (9, 3, 'add_dataset', 'Can add dataset')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (90, 23, 'change_preference', 'Can change preference')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (91, 23, 'delete_preference', 'Can delete preference')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (92, 23, 'view_preference', 'Can view preference')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (93, 24, 'add_assignment', 'Can add assignment')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (94, 24, 'change_assignment', 'Can change assignment')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (95, 24, 'delete_assignment', 'Can delete assignment')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (96, 24, 'view_assignment', 'Can view assignment')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (97, 25, 'add_codebook', 'Can add codebook')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (98, 25, 'change_codebook', 'Can change codebook')
--;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (99, 25, 'delete_codebook', 'Can delete codebook')
--;
CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model")
--;
CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id")
--;
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id")
--;
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id")
--;
CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename")
--;
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id")
--;
CREATE UNIQUE INDEX "projects_user_groups_user_id_group_id_554e169f_uniq" ON "projects_user_groups" ("user_id", "group_id")
--;
CREATE INDEX "projects_user_groups_user_id_6adcaa90" ON "projects_user_groups" ("user_id")
--;
CREATE INDEX "projects_user_groups_group_id_64787f80" ON "projects_user_groups" ("group_id")
--;
CREATE UNIQUE INDEX "projects_user_user_permissions_user_id_permission_id_ed30fad9_uniq" ON "projects_user_user_permissions" ("user_id", "permission_id")
--;
CREATE INDEX "projects_user_user_permissions_user_id_e73dd49a" ON "projects_user_user_permissions" ("user_id")
--;
CREATE INDEX "projects_user_user_permissions_permission_id_5793fcf2" ON "projects_user_user_permissions" ("permission_id")
--;
CREATE INDEX "projects_apitoken_user_id_a07e154c" ON "projects_apitoken" ("user_id")
--;
CREATE INDEX "projects_apitoken_project_id_f2e7dd79" ON "projects_apitoken" ("project_id")
--;
CREATE INDEX "account_emailconfirmation_email_address_id_5b7f8c58" ON "account_emailconfirmation" ("email_address_id")
--;
CREATE UNIQUE INDEX "account_emailaddress_user_id_email_987c8728_uniq" ON "account_emailaddress" ("user_id", "email")
--;
CREATE UNIQUE INDEX "unique_verified_email" ON "account_emailaddress" ("email") WHERE "verified"
--;
CREATE INDEX "account_emailaddress_user_id_2c513194" ON "account_emailaddress" ("user_id")
--;
CREATE INDEX "account_emailaddress_email_03be32b2" ON "account_emailaddress" ("email")
--;
CREATE UNIQUE INDEX "unique_primary_email" ON "account_emailaddress" ("user_id", "primary") WHERE "primary"
--;
CREATE INDEX "axes_accessattempt_user_agent_ad89678b" ON "axes_accessattempt" ("user_agent")
--;
CREATE INDEX "axes_accessattempt_ip_address_10922d9c" ON "axes_accessattempt" ("ip_address")
--;
CREATE INDEX "axes_accessattempt_username_3f2d4ca0" ON "axes_accessattempt" ("username")
--;
CREATE UNIQUE INDEX "axes_accessattempt_username_ip_address_user_agent_8ea22282_uniq" ON "axes_accessattempt" ("username", "ip_address", "user_agent")
--;
CREATE INDEX "axes_accessfailurelog_user_agent_ea145dda" ON "axes_accessfailurelog" ("user_agent")
--;
CREATE INDEX "axes_accessfailurelog_ip_address_2e9f5a7f" ON "axes_accessfailurelog" ("ip_address")
--;
CREATE INDEX "axes_accessfailurelog_username_a8b7e8a4" ON "axes_accessfailurelog" ("username")
--;
CREATE INDEX "axes_accesslog_user_agent_0e659004" ON "axes_accesslog" ("user_agent")
--;
CREATE INDEX "axes_accesslog_ip_address_86b417e5" ON "axes_accesslog" ("ip_address")
--;
CREATE INDEX "axes_accesslog_username_df93064b" ON "axes_accesslog" ("username")
--;
CREATE INDEX "sources_page_text_id_ee3785e9" ON "sources_page" ("text_id")
--;
CREATE INDEX "sources_alliancelist_loaded_by_id_96ecb851" ON "sources_alliancelist" ("loaded_by_id")
--;
CREATE INDEX "sources_alliancelist_project_id_fc9d1a79" ON "sources_alliancelist" ("project_id")
--;
CREATE INDEX "sources_alliance_project_id_5b3e72e0" ON "sources_alliance" ("project_id")
--;
CREATE INDEX "sources_alliance_dropped_by_id_e4893a88" ON "sources_alliance" ("dropped_by_id")
--;
CREATE INDEX "sources_alliance_loaded_from_id_49311b16" ON "sources_alliance" ("loaded_from_id")
--;
CREATE INDEX "sources_alliancemember_alliance_id_0f4f73f0" ON "sources_alliancemember" ("alliance_id")
--;
CREATE INDEX "sources_statelist_loaded_by_id_dc0f5b84" ON "sources_statelist" ("loaded_by_id")
--;
CREATE INDEX "sources_statelist_project_id_ea653ae8" ON "sources_statelist" ("project_id")
--;
CREATE INDEX "state_lists_newest" ON "sources_statelist" ("project_id", "kind", "n")
--;
CREATE INDEX "sources_copy_cluster_id_6ad20663" ON "sources_copy" ("cluster_id")
--;
CREATE INDEX "sources_searchlog_by_id_88604095" ON "sources_searchlog" ("by_id")
--;
CREATE INDEX "sources_searchlog_project_id_ecaff1cf" ON "sources_searchlog" ("project_id")
--;
CREATE INDEX "sources_sketch_text_id_ee45868c" ON "sources_sketch" ("text_id")
--;
CREATE INDEX "sources_likeness_first_id_21e29f2d" ON "sources_likeness" ("first_id")
--;
CREATE INDEX "sources_likeness_rejected_by_id_d17a39ce" ON "sources_likeness" ("rejected_by_id")
--;
CREATE INDEX "sources_likeness_second_id_c2e895c8" ON "sources_likeness" ("second_id")
--;
CREATE INDEX "sources_mention_document_id_c5e8e18c" ON "sources_mention" ("document_id")
--;
CREATE INDEX "documents_by_state_named" ON "sources_mention" ("ccode", "document_id")
--;
CREATE INDEX "sources_searchrange_document_id_f1fe1015" ON "sources_searchrange" ("document_id")
--;
CREATE INDEX "sources_outline_by_id_107cf750" ON "sources_outline" ("by_id")
--;
CREATE INDEX "sources_outline_text_id_807c02f2" ON "sources_outline" ("text_id")
--;
CREATE INDEX "sources_section_outline_id_24b6a2f6" ON "sources_section" ("outline_id")
--;
CREATE INDEX "sources_section_parent_id_22755bf3" ON "sources_section" ("parent_id")
--;
CREATE INDEX "sources_collectionline_collection_id_c551b57b" ON "sources_collectionline" ("collection_id")
--;
CREATE INDEX "sources_collectionline_document_id_839657da" ON "sources_collectionline" ("document_id")
--;
CREATE INDEX "lines_of_a_collection" ON "sources_collectionline" ("collection_id", "number")
--;
CREATE INDEX "coding_codebook_project_id_c6962968" ON "coding_codebook" ("project_id")
--;
CREATE INDEX "coding_codebook_published_by_id_b5aeb922" ON "coding_codebook" ("published_by_id")
--;
CREATE INDEX "coding_event_assignment_id_ebb36a5d" ON "coding_event" ("assignment_id")
--;
CREATE INDEX "coding_operation_assignment_id_3f8d8e54" ON "coding_operation" ("assignment_id")
--;
CREATE INDEX "coding_operation_by_id_55f6d9b5" ON "coding_operation" ("by_id")
--;
CREATE INDEX "coding_passage_assignment_id_0f93e5ff" ON "coding_passage" ("assignment_id")
--;
CREATE INDEX "coding_evidence_event_id_38882186" ON "coding_evidence" ("event_id")
--;
CREATE INDEX "coding_evidence_passage_id_82378731" ON "coding_evidence" ("passage_id")
--;
CREATE INDEX "coding_manuscript_person_id_9cadf4e8" ON "coding_manuscript" ("person_id")
--;
CREATE INDEX "coding_manuscript_project_id_b2001fa4" ON "coding_manuscript" ("project_id")
--;
CREATE INDEX "coding_secondlook_assignment_id_0505ada5" ON "coding_secondlook" ("assignment_id")
--;
CREATE INDEX "coding_secondlook_codebook_id_a4891658" ON "coding_secondlook" ("codebook_id")
--;
CREATE INDEX "coding_secondlook_event_id_8df48bdf" ON "coding_secondlook" ("event_id")
--;
CREATE INDEX "open_second_looks" ON "coding_secondlook" ("assignment_id", "answer")
--;
CREATE INDEX "coding_settlement_assignment_id_dc190f2d" ON "coding_settlement" ("assignment_id")
--;
CREATE INDEX "coding_settlement_by_id_3baadc6b" ON "coding_settlement" ("by_id")
--;
CREATE INDEX "coding_settlement_text_id_2b18e32f" ON "coding_settlement" ("text_id")
--;
CREATE INDEX "coding_assignment_coder_id_5ebd34af" ON "coding_assignment" ("coder_id")
--;
CREATE INDEX "coding_assignment_document_id_70fa700d" ON "coding_assignment" ("document_id")
--;
CREATE INDEX "coding_assignment_text_id_1ef5047c" ON "coding_assignment" ("text_id")
--;
CREATE INDEX "coding_assignment_round_id_3d1cd4a4" ON "coding_assignment" ("round_id")
--;
CREATE INDEX "queue_of_a_coder" ON "coding_assignment" ("coder_id", "state", "queue_key")
--;
CREATE INDEX "coding_assignment_taken_over_from_id_1603f958" ON "coding_assignment" ("taken_over_from_id")
--;
CREATE INDEX "queue_in_a_round" ON "coding_assignment" ("coder_id", "round_id", "queue_key")
--;
CREATE INDEX "coding_round_codebook_id_493f34fd" ON "coding_round" ("codebook_id")
--;
CREATE INDEX "coding_round_project_id_a543378f" ON "coding_round" ("project_id")
--;
CREATE INDEX "coding_codebooknote_codebook_id_06bb1bd2" ON "coding_codebooknote" ("codebook_id")
--;
CREATE INDEX "coding_codebooknote_made_by_id_0f693cc4" ON "coding_codebooknote" ("made_by_id")
--;
CREATE INDEX "coding_question_answered_by_id_57772a7c" ON "coding_question" ("answered_by_id")
--;
CREATE INDEX "coding_question_assignment_id_8d5939a7" ON "coding_question" ("assignment_id")
--;
CREATE INDEX "coding_stint_assignment_id_62f83fd1" ON "coding_stint" ("assignment_id")
--;
CREATE INDEX "coding_draftnote_done_by_id_9eeb6664" ON "coding_draftnote" ("done_by_id")
--;
CREATE INDEX "coding_draftnote_made_by_id_a1a781a0" ON "coding_draftnote" ("made_by_id")
--;
CREATE INDEX "coding_draftnote_project_id_31fe4748" ON "coding_draftnote" ("project_id")
--;
CREATE INDEX "coding_eventtemplate_coder_id_390e8dc9" ON "coding_eventtemplate" ("coder_id")
--;
CREATE INDEX "coding_eventtemplate_round_id_c603f9d8" ON "coding_eventtemplate" ("round_id")
--;
CREATE INDEX "coding_origin_exchange_id_0ee8c659" ON "coding_origin" ("exchange_id")
--;
CREATE INDEX "coding_exchange_by_id_9d84e5dc" ON "coding_exchange" ("by_id")
--;
CREATE INDEX "coding_exchange_project_id_b8519898" ON "coding_exchange" ("project_id")
--;
CREATE INDEX "origins_by_fingerprint" ON "coding_origin" ("fingerprint")
--;
CREATE INDEX "datasets_release_made_by_id_9e4a81c5" ON "datasets_release" ("made_by_id")
--;
CREATE INDEX "datasets_release_project_id_b1cbaeff" ON "datasets_release" ("project_id")
--;
CREATE INDEX "datasets_release_published_by_id_01d14510" ON "datasets_release" ("published_by_id")
--;
CREATE INDEX "datasets_releasefile_release_id_c189ed32" ON "datasets_releasefile" ("release_id")
--;
CREATE INDEX "datasets_searchedyears_by_id_d04547f3" ON "datasets_searchedyears" ("by_id")
--;
CREATE INDEX "datasets_searchedyears_project_id_4791fe84" ON "datasets_searchedyears" ("project_id")
--;
CREATE INDEX "datasets_waiver_by_id_edebcd13" ON "datasets_waiver" ("by_id")
--;
CREATE INDEX "datasets_waiver_release_id_7b2a257b" ON "datasets_waiver" ("release_id")
--;
CREATE INDEX "mfa_authenticator_user_id_0c3a50c0" ON "mfa_authenticator" ("user_id")
--;
CREATE UNIQUE INDEX "unique_authenticator_type" ON "mfa_authenticator" ("user_id", "type") WHERE "type" IN ('totp', 'recovery_codes')
--;
CREATE INDEX "projects_resetlink_by_id_86d45959" ON "projects_resetlink" ("by_id")
--;
CREATE INDEX "projects_resetlink_project_id_85f6788d" ON "projects_resetlink" ("project_id")
--;
CREATE INDEX "projects_resetlink_user_id_dbcd2235" ON "projects_resetlink" ("user_id")
--;
CREATE INDEX "projects_invitation_by_id_b95bf016" ON "projects_invitation" ("by_id")
--;
CREATE INDEX "projects_invitation_membership_id_8f67ceb7" ON "projects_invitation" ("membership_id")
--;
CREATE INDEX "projects_invitation_project_id_344791e0" ON "projects_invitation" ("project_id")
--;
CREATE INDEX "projects_webhook_made_by_id_25e67aa6" ON "projects_webhook" ("made_by_id")
--;
CREATE INDEX "projects_webhook_project_id_c764cb37" ON "projects_webhook" ("project_id")
--;
CREATE INDEX "projects_keptanswer_user_id_e4392242" ON "projects_keptanswer" ("user_id")
--;
CREATE INDEX "answers_by_age" ON "projects_keptanswer" ("kept_at")
--;
CREATE INDEX "projects_delivery_webhook_id_bc8782ba" ON "projects_delivery" ("webhook_id")
--;
CREATE INDEX "deliveries_to_try" ON "projects_delivery" ("state", "due_at")
--;
CREATE UNIQUE INDEX "one_waiting_job_per_subject" ON "projects_job" ("kind", "subject") WHERE "state" = 'queued'
--;
CREATE INDEX "projects_job_by_id_acd4b21d" ON "projects_job" ("by_id")
--;
CREATE INDEX "projects_job_project_id_f3780fa1" ON "projects_job" ("project_id")
--;
CREATE INDEX "jobs_to_claim" ON "projects_job" ("state", "lease_until")
--;
CREATE INDEX "projects_membership_user_id_13374535" ON "projects_membership" ("user_id")
--;
CREATE INDEX "projects_membership_project_id_5f65bf3f" ON "projects_membership" ("project_id")
--;
CREATE INDEX "sources_document_current_text_id_6120571b" ON "sources_document" ("current_text_id")
--;
CREATE INDEX "sources_document_collection_id_a4a9ca30" ON "sources_document" ("collection_id")
--;
CREATE INDEX "documents_by_state" ON "sources_document" ("project_id", "state")
--;
CREATE INDEX "sources_cluster_project_id_b4a6dd5d" ON "sources_cluster" ("project_id")
--;
CREATE INDEX "sources_cluster_confirmed_by_id_11b2f20a" ON "sources_cluster" ("confirmed_by_id")
--;
CREATE INDEX "texts_of_the_same_words" ON "sources_text" ("sha256")
--;
CREATE UNIQUE INDEX "one_document_per_content" ON "sources_document" ("project_id", "sha256") WHERE (NOT ("state" = 'retired') AND "article" = '')
--;
CREATE UNIQUE INDEX "one_document_per_article" ON "sources_document" ("project_id", "article") WHERE (NOT ("state" = 'retired') AND NOT ("article" = ''))
--;
CREATE INDEX "sources_articlerange_text_id_b6f2f186" ON "sources_articlerange" ("text_id")
--;
CREATE INDEX "reconciliation_decision_adopted_from_id_4265ad8d" ON "reconciliation_decision" ("adopted_from_id")
--;
CREATE INDEX "reconciliation_decision_by_id_8c5e31a4" ON "reconciliation_decision" ("by_id")
--;
CREATE INDEX "reconciliation_decision_supersedes_id_3904cdbd" ON "reconciliation_decision" ("supersedes_id")
--;
CREATE INDEX "reconciliation_decision_group_id_58818078" ON "reconciliation_decision" ("group_id")
--;
CREATE INDEX "reconciliation_report_incident_id_421c1dcf" ON "reconciliation_report" ("incident_id")
--;
CREATE INDEX "reconciliation_group_document_id_2c4dfaaa" ON "reconciliation_group" ("document_id")
--;
CREATE INDEX "reconciliation_group_round_id_a6c55e98" ON "reconciliation_group" ("round_id")
--;
CREATE INDEX "reconciliation_incident_project_id_2dd20c2f" ON "reconciliation_incident" ("project_id")
--;
CREATE INDEX "reconciliation_incident_merged_into_id_c63d0b32" ON "reconciliation_incident" ("merged_into_id")
--;
CREATE INDEX "reconciliation_position_decision_id_df1dab2e" ON "reconciliation_position" ("decision_id")
--;
CREATE INDEX "reconciliation_position_group_id_58faba18" ON "reconciliation_position" ("group_id")
--;
CREATE INDEX "reconciliation_figure_run_id_f6690e5c" ON "reconciliation_figure" ("run_id")
--;
CREATE INDEX "reconciliation_regrouping_by_id_aee163ed" ON "reconciliation_regrouping" ("by_id")
--;
CREATE INDEX "reconciliation_regrouping_document_id_659f2f4a" ON "reconciliation_regrouping" ("document_id")
--;
CREATE INDEX "reconciliation_regrouping_round_id_c8a3e346" ON "reconciliation_regrouping" ("round_id")
--;
CREATE INDEX "reconciliation_aligneddocument_document_id_77ead5a4" ON "reconciliation_aligneddocument" ("document_id")
--;
CREATE INDEX "reconciliation_aligneddocument_round_id_fccf62c1" ON "reconciliation_aligneddocument" ("round_id")
--;
CREATE INDEX "regroupings_of_a_document" ON "reconciliation_regrouping" ("round_id", "document_id")
--;
CREATE INDEX "reconciliation_member_coder_id_3d509d88" ON "reconciliation_member" ("coder_id")
--;
CREATE INDEX "reconciliation_member_group_id_e10e4b2b" ON "reconciliation_member" ("group_id")
--;
CREATE INDEX "reconciliation_distinction_by_id_531663c7" ON "reconciliation_distinction" ("by_id")
--;
CREATE INDEX "reconciliation_distinction_first_id_d485527f" ON "reconciliation_distinction" ("first_id")
--;
CREATE INDEX "reconciliation_distinction_project_id_8153eccc" ON "reconciliation_distinction" ("project_id")
--;
CREATE INDEX "reconciliation_distinction_second_id_78853438" ON "reconciliation_distinction" ("second_id")
--;
CREATE INDEX "reconciliation_proposal_first_id_bb061a7e" ON "reconciliation_proposal" ("first_id")
--;
CREATE INDEX "reconciliation_proposal_project_id_0278ee90" ON "reconciliation_proposal" ("project_id")
--;
CREATE INDEX "reconciliation_proposal_second_id_f1188c69" ON "reconciliation_proposal" ("second_id")
--;
CREATE INDEX "proposals_nearest" ON "reconciliation_proposal" ("project_id", "distance", "id")
--;
CREATE UNIQUE INDEX "an_assessment_begins_once" ON "reconciliation_assessment" ("alliance_id", "provider", "recipient", "type", "year") WHERE "supersedes_id" IS NULL
--;
CREATE INDEX "reconciliation_assessment_alliance_id_75e318ca" ON "reconciliation_assessment" ("alliance_id")
--;
CREATE INDEX "reconciliation_assessment_by_id_3eb3a0d6" ON "reconciliation_assessment" ("by_id")
--;
CREATE INDEX "reconciliation_assessment_project_id_2190ae42" ON "reconciliation_assessment" ("project_id")
--;
CREATE INDEX "assessments_of_alliances" ON "reconciliation_assessment" ("project_id", "alliance_id", "year")
--;
CREATE INDEX "reconciliation_run_by_id_2bba40fc" ON "reconciliation_run" ("by_id")
--;
CREATE INDEX "reconciliation_run_round_id_321efbc9" ON "reconciliation_run" ("round_id")
--;
CREATE INDEX "reconciliation_run_document_id_07b32485" ON "reconciliation_run" ("document_id")
--;
CREATE INDEX "reconciliation_proof_decision_id_fa5e9076" ON "reconciliation_proof" ("decision_id")
--;
CREATE INDEX "reconciliation_routine_by_id_f8df15b6" ON "reconciliation_routine" ("by_id")
--;
CREATE INDEX "reconciliation_handling_by_id_78eb9364" ON "reconciliation_handling" ("by_id")
--;
CREATE INDEX "reconciliation_handling_note_id_7c2f6921" ON "reconciliation_handling" ("note_id")
--;
CREATE INDEX "reconciliation_preference_by_id_f119fb7b" ON "reconciliation_preference" ("by_id")
--;
CREATE INDEX "reconciliation_preference_incident_id_de7e2c24" ON "reconciliation_preference" ("incident_id")
--;
CREATE INDEX "reconciliation_preference_taken_from_id_7c2e573a" ON "reconciliation_preference" ("taken_from_id")
--;
CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date")
--;
CREATE UNIQUE INDEX "socialaccount_socialtoken_app_id_account_id_fca4e0ac_uniq" ON "socialaccount_socialtoken" ("app_id", "account_id")
--;
CREATE INDEX "socialaccount_socialtoken_account_id_951f210e" ON "socialaccount_socialtoken" ("account_id")
--;
CREATE INDEX "socialaccount_socialtoken_app_id_636a42d7" ON "socialaccount_socialtoken" ("app_id")
--;
CREATE UNIQUE INDEX "socialaccount_socialaccount_provider_uid_fc810c6e_uniq" ON "socialaccount_socialaccount" ("provider", "uid")
--;
CREATE INDEX "socialaccount_socialaccount_user_id_8146e70c" ON "socialaccount_socialaccount" ("user_id")
--;
CREATE INDEX "sources_collection_added_by_id_715f6883" ON "sources_collection" ("added_by_id")
--;
CREATE INDEX "sources_collection_project_id_c85dfebf" ON "sources_collection" ("project_id")
--;
CREATE INDEX "sources_collection_parent_id_1ad5e52e" ON "sources_collection" ("parent_id")
--;
CREATE INDEX "usersessions_usersession_user_id_af5e0a6d" ON "usersessions_usersession" ("user_id")
--;
CREATE TRIGGER projects_ledgerline_refuses_update BEFORE UPDATE ON projects_ledgerline FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'projects_ledgerline is append-only: rows never change'); END
--;
CREATE TRIGGER projects_ledgerline_refuses_delete BEFORE DELETE ON projects_ledgerline FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'projects_ledgerline is append-only: rows are never deleted'); END
--;
CREATE TRIGGER sources_text_refuses_delete BEFORE DELETE ON sources_text FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'sources_text is append-only: rows are never deleted'); END
--;
CREATE TRIGGER sources_page_refuses_delete BEFORE DELETE ON sources_page FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'sources_page is append-only: rows are never deleted'); END
--;
CREATE TRIGGER sources_alliancemember_refuses_insert BEFORE INSERT ON sources_alliancemember FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM sources_alliancemember m WHERE m.alliance_id = NEW.alliance_id AND m.ccode = NEW.ccode  AND m.start <= COALESCE(NEW."end", '9999-12-31') AND NEW.start <= COALESCE(m."end", '9999-12-31'))) BEGIN SELECT RAISE(ABORT, 'spells of one member of an alliance do not overlap'); END
--;
CREATE TRIGGER sources_alliancemember_refuses_update BEFORE UPDATE ON sources_alliancemember FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM sources_alliancemember m WHERE m.alliance_id = NEW.alliance_id AND m.ccode = NEW.ccode AND m.id <> NEW.id AND m.start <= COALESCE(NEW."end", '9999-12-31') AND NEW.start <= COALESCE(m."end", '9999-12-31'))) BEGIN SELECT RAISE(ABORT, 'spells of one member of an alliance do not overlap'); END
--;
CREATE TRIGGER sources_alliancelist_refuses_update BEFORE UPDATE ON sources_alliancelist FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'sources_alliancelist is append-only: rows never change'); END
--;
CREATE TRIGGER sources_alliancelist_refuses_delete BEFORE DELETE ON sources_alliancelist FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'sources_alliancelist is append-only: rows are never deleted'); END
--;
CREATE TRIGGER sources_statelist_refuses_update BEFORE UPDATE ON sources_statelist FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'sources_statelist is append-only: rows never change'); END
--;
CREATE TRIGGER sources_statelist_refuses_delete BEFORE DELETE ON sources_statelist FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'sources_statelist is append-only: rows are never deleted'); END
--;
CREATE TRIGGER sources_searchlog_refuses_update BEFORE UPDATE ON sources_searchlog FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'sources_searchlog is append-only: rows never change'); END
--;
CREATE TRIGGER sources_searchlog_refuses_delete BEFORE DELETE ON sources_searchlog FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'sources_searchlog is append-only: rows are never deleted'); END
--;
CREATE TRIGGER sources_outline_refuses_update BEFORE UPDATE ON sources_outline FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'sources_outline is append-only: rows never change'); END
--;
CREATE TRIGGER sources_outline_refuses_delete BEFORE DELETE ON sources_outline FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'sources_outline is append-only: rows are never deleted'); END
--;
CREATE TRIGGER sources_section_refuses_delete BEFORE DELETE ON sources_section FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'sources_section is append-only: rows are never deleted'); END
--;
CREATE TRIGGER coding_operation_refuses_update BEFORE UPDATE ON coding_operation FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'coding_operation is append-only: rows never change'); END
--;
CREATE TRIGGER coding_operation_refuses_delete BEFORE DELETE ON coding_operation FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'coding_operation is append-only: rows are never deleted'); END
--;
CREATE TRIGGER coding_codebook_refuses_update BEFORE UPDATE ON coding_codebook FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'a published codebook never changes: load a new version'); END
--;
CREATE TRIGGER coding_codebook_refuses_delete BEFORE DELETE ON coding_codebook FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'a published codebook never changes: load a new version'); END
--;
CREATE TRIGGER coding_settlement_refuses_update BEFORE UPDATE ON coding_settlement FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'coding_settlement is append-only: rows never change'); END
--;
CREATE TRIGGER coding_settlement_refuses_delete BEFORE DELETE ON coding_settlement FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'coding_settlement is append-only: rows are never deleted'); END
--;
CREATE TRIGGER datasets_release_refuses_update BEFORE UPDATE ON datasets_release FOR EACH ROW WHEN (OLD.published_at IS NOT NULL AND (COALESCE(CAST(NEW.project_id AS TEXT), '') <> COALESCE(CAST(OLD.project_id AS TEXT), '') OR COALESCE(CAST(NEW.version AS TEXT), '') <> COALESCE(CAST(OLD.version AS TEXT), '') OR COALESCE(CAST(NEW.creators AS TEXT), '') <> COALESCE(CAST(OLD.creators AS TEXT), '') OR COALESCE(CAST(NEW.licence AS TEXT), '') <> COALESCE(CAST(OLD.licence AS TEXT), '') OR COALESCE(CAST(NEW.description AS TEXT), '') <> COALESCE(CAST(OLD.description AS TEXT), '') OR COALESCE(CAST(NEW.publisher AS TEXT), '') <> COALESCE(CAST(OLD.publisher AS TEXT), '') OR COALESCE(CAST(NEW.address AS TEXT), '') <> COALESCE(CAST(OLD.address AS TEXT), '') OR COALESCE(CAST(NEW.released_on AS TEXT), '') <> COALESCE(CAST(OLD.released_on AS TEXT), '') OR COALESCE(CAST(NEW.changes AS TEXT), '') <> COALESCE(CAST(OLD.changes AS TEXT), '') OR COALESCE(CAST(NEW.year_rule AS TEXT), '') <> COALESCE(CAST(OLD.year_rule AS TEXT), '') OR COALESCE(CAST(NEW.span_rule AS TEXT), '') <> COALESCE(CAST(OLD.span_rule AS TEXT), '') OR COALESCE(CAST(NEW.anonymous_copy AS TEXT), '') <> COALESCE(CAST(OLD.anonymous_copy AS TEXT), '') OR COALESCE(CAST(NEW.checks AS TEXT), '') <> COALESCE(CAST(OLD.checks AS TEXT), '') OR COALESCE(CAST(NEW.built_from AS TEXT), '') <> COALESCE(CAST(OLD.built_from AS TEXT), '') OR COALESCE(CAST(NEW.parameters AS TEXT), '') <> COALESCE(CAST(OLD.parameters AS TEXT), '') OR COALESCE(CAST(NEW.records_sha256 AS TEXT), '') <> COALESCE(CAST(OLD.records_sha256 AS TEXT), '') OR COALESCE(CAST(NEW.manifest_sha256 AS TEXT), '') <> COALESCE(CAST(OLD.manifest_sha256 AS TEXT), '') OR COALESCE(CAST(NEW.made_by_id AS TEXT), '') <> COALESCE(CAST(OLD.made_by_id AS TEXT), '') OR COALESCE(CAST(NEW.made_at AS TEXT), '') <> COALESCE(CAST(OLD.made_at AS TEXT), '') OR COALESCE(CAST(NEW.built_at AS TEXT), '') <> COALESCE(CAST(OLD.built_at AS TEXT), '') OR COALESCE(CAST(NEW.published_by_id AS TEXT), '') <> COALESCE(CAST(OLD.published_by_id AS TEXT), '') OR COALESCE(CAST(NEW.published_at AS TEXT), '') <> COALESCE(CAST(OLD.published_at AS TEXT), '') OR NEW.state IN ('draft', 'checked') OR (OLD.state = 'withdrawn' AND (COALESCE(CAST(NEW.state AS TEXT), '') <> COALESCE(CAST(OLD.state AS TEXT), '') OR COALESCE(CAST(NEW.withdrawn_at AS TEXT), '') <> COALESCE(CAST(OLD.withdrawn_at AS TEXT), '') OR COALESCE(CAST(NEW.withdrawn_reason AS TEXT), '') <> COALESCE(CAST(OLD.withdrawn_reason AS TEXT), ''))))) BEGIN SELECT RAISE(ABORT, 'a published release never changes: make a new version'); END
--;
CREATE TRIGGER datasets_release_refuses_delete BEFORE DELETE ON datasets_release FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'a published release never changes: make a new version'); END
--;
CREATE TRIGGER datasets_releasefile_refuses_update BEFORE UPDATE ON datasets_releasefile FOR EACH ROW WHEN (OLD.frozen) BEGIN SELECT RAISE(ABORT, 'a published release never changes: make a new version'); END
--;
CREATE TRIGGER datasets_releasefile_refuses_delete BEFORE DELETE ON datasets_releasefile FOR EACH ROW WHEN (OLD.frozen) BEGIN SELECT RAISE(ABORT, 'a published release never changes: make a new version'); END
--;
CREATE TRIGGER datasets_releasefile_refuses_insert BEFORE INSERT ON datasets_releasefile FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM datasets_release WHERE datasets_release.id = NEW.release_id AND datasets_release.published_at IS NOT NULL)) BEGIN SELECT RAISE(ABORT, 'a published release never changes: make a new version'); END
--;
CREATE TRIGGER datasets_waiver_refuses_insert BEFORE INSERT ON datasets_waiver FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM datasets_release WHERE datasets_release.id = NEW.release_id AND datasets_release.published_at IS NOT NULL)) BEGIN SELECT RAISE(ABORT, 'a published release never changes: make a new version'); END
--;
CREATE TRIGGER datasets_waiver_refuses_update BEFORE UPDATE ON datasets_waiver FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM datasets_release WHERE datasets_release.id = OLD.release_id AND datasets_release.published_at IS NOT NULL)) BEGIN SELECT RAISE(ABORT, 'a published release never changes: make a new version'); END
--;
CREATE TRIGGER datasets_waiver_refuses_delete BEFORE DELETE ON datasets_waiver FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM datasets_release WHERE datasets_release.id = OLD.release_id AND datasets_release.published_at IS NOT NULL)) BEGIN SELECT RAISE(ABORT, 'a published release never changes: make a new version'); END
--;
CREATE TRIGGER projects_ledgerhead_refuses_delete BEFORE DELETE ON projects_ledgerhead FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'a ledger only grows: its end never moves back'); END
--;
CREATE TRIGGER projects_ledgerhead_refuses_update BEFORE UPDATE ON projects_ledgerhead FOR EACH ROW WHEN (NEW.n <= OLD.n OR NEW.chain <> OLD.chain OR NEW.project_id <> OLD.project_id OR NEW.id <> OLD.id) BEGIN SELECT RAISE(ABORT, 'a ledger only grows: its end never moves back'); END
--;
CREATE TRIGGER reconciliation_decision_refuses_update BEFORE UPDATE ON reconciliation_decision FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'reconciliation_decision is append-only: rows never change'); END
--;
CREATE TRIGGER reconciliation_decision_refuses_delete BEFORE DELETE ON reconciliation_decision FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'reconciliation_decision is append-only: rows are never deleted'); END
--;
CREATE TRIGGER reconciliation_regrouping_refuses_update BEFORE UPDATE ON reconciliation_regrouping FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'reconciliation_regrouping is append-only: rows never change'); END
--;
CREATE TRIGGER reconciliation_regrouping_refuses_delete BEFORE DELETE ON reconciliation_regrouping FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'reconciliation_regrouping is append-only: rows are never deleted'); END
--;
CREATE TRIGGER reconciliation_distinction_refuses_update BEFORE UPDATE ON reconciliation_distinction FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'reconciliation_distinction is append-only: rows never change'); END
--;
CREATE TRIGGER reconciliation_distinction_refuses_delete BEFORE DELETE ON reconciliation_distinction FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'reconciliation_distinction is append-only: rows are never deleted'); END
--;
CREATE TRIGGER reconciliation_assessment_refuses_update BEFORE UPDATE ON reconciliation_assessment FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'reconciliation_assessment is append-only: rows never change'); END
--;
CREATE TRIGGER reconciliation_assessment_refuses_delete BEFORE DELETE ON reconciliation_assessment FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'reconciliation_assessment is append-only: rows are never deleted'); END
--;
CREATE TRIGGER reconciliation_proof_refuses_delete BEFORE DELETE ON reconciliation_proof FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'reconciliation_proof is append-only: rows are never deleted'); END
--;
CREATE TRIGGER reconciliation_preference_refuses_update BEFORE UPDATE ON reconciliation_preference FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'reconciliation_preference is append-only: rows never change'); END
--;
CREATE TRIGGER reconciliation_preference_refuses_delete BEFORE DELETE ON reconciliation_preference FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'reconciliation_preference is append-only: rows are never deleted'); END
--;
CREATE TRIGGER reconciliation_proof_refuses_update BEFORE UPDATE ON reconciliation_proof FOR EACH ROW WHEN ((REPLACE(REPLACE(NEW.exact, '█', ''), '
', '') <> '' OR LENGTH(NEW.exact) <> LENGTH(OLD.exact)) OR COALESCE(CAST(NEW."id" AS TEXT), '') <> COALESCE(CAST(OLD."id" AS TEXT), '') OR COALESCE(CAST(NEW."decision_id" AS TEXT), '') <> COALESCE(CAST(OLD."decision_id" AS TEXT), '') OR COALESCE(CAST(NEW."start" AS TEXT), '') <> COALESCE(CAST(OLD."start" AS TEXT), '') OR COALESCE(CAST(NEW."end" AS TEXT), '') <> COALESCE(CAST(OLD."end" AS TEXT), '')) BEGIN SELECT RAISE(ABORT, 'a proof never changes, but that it is blackened when its document is taken down'); END
--;
CREATE TRIGGER sources_text_refuses_update BEFORE UPDATE ON sources_text FOR EACH ROW WHEN ((REPLACE(REPLACE(NEW.body, '█', ''), '
', '') <> '' OR LENGTH(NEW.body) <> OLD.length) OR CAST(NEW.metadata AS TEXT) <> '{}' OR CAST(NEW.warnings AS TEXT) <> '[]' OR COALESCE(CAST(NEW."id" AS TEXT), '') <> COALESCE(CAST(OLD."id" AS TEXT), '') OR COALESCE(CAST(NEW."document_id" AS TEXT), '') <> COALESCE(CAST(OLD."document_id" AS TEXT), '') OR COALESCE(CAST(NEW."n" AS TEXT), '') <> COALESCE(CAST(OLD."n" AS TEXT), '') OR COALESCE(CAST(NEW."sha256" AS TEXT), '') <> COALESCE(CAST(OLD."sha256" AS TEXT), '') OR COALESCE(CAST(NEW."length" AS TEXT), '') <> COALESCE(CAST(OLD."length" AS TEXT), '') OR COALESCE(CAST(NEW."blocks" AS TEXT), '') <> COALESCE(CAST(OLD."blocks" AS TEXT), '') OR COALESCE(CAST(NEW."reader" AS TEXT), '') <> COALESCE(CAST(OLD."reader" AS TEXT), '') OR COALESCE(CAST(NEW."reader_version" AS TEXT), '') <> COALESCE(CAST(OLD."reader_version" AS TEXT), '') OR COALESCE(CAST(NEW."parameters" AS TEXT), '') <> COALESCE(CAST(OLD."parameters" AS TEXT), '') OR COALESCE(CAST(NEW."language" AS TEXT), '') <> COALESCE(CAST(OLD."language" AS TEXT), '') OR COALESCE(CAST(NEW."has_astral" AS TEXT), '') <> COALESCE(CAST(OLD."has_astral" AS TEXT), '') OR COALESCE(CAST(NEW."made_at" AS TEXT), '') <> COALESCE(CAST(OLD."made_at" AS TEXT), '')) BEGIN SELECT RAISE(ABORT, 'a text never changes, but that all of it is blackened when its document is taken down'); END
--;
CREATE TRIGGER sources_page_refuses_update BEFORE UPDATE ON sources_page FOR EACH ROW WHEN (LENGTH(NEW.words) <> 0 OR CAST(NEW.furniture AS TEXT) <> '[]' OR COALESCE(CAST(NEW."id" AS TEXT), '') <> COALESCE(CAST(OLD."id" AS TEXT), '') OR COALESCE(CAST(NEW."text_id" AS TEXT), '') <> COALESCE(CAST(OLD."text_id" AS TEXT), '') OR COALESCE(CAST(NEW."number" AS TEXT), '') <> COALESCE(CAST(OLD."number" AS TEXT), '') OR COALESCE(CAST(NEW."start" AS TEXT), '') <> COALESCE(CAST(OLD."start" AS TEXT), '') OR COALESCE(CAST(NEW."end" AS TEXT), '') <> COALESCE(CAST(OLD."end" AS TEXT), '') OR COALESCE(CAST(NEW."width" AS TEXT), '') <> COALESCE(CAST(OLD."width" AS TEXT), '') OR COALESCE(CAST(NEW."height" AS TEXT), '') <> COALESCE(CAST(OLD."height" AS TEXT), '') OR COALESCE(CAST(NEW."rotation" AS TEXT), '') <> COALESCE(CAST(OLD."rotation" AS TEXT), '') OR COALESCE(CAST(NEW."crop_box" AS TEXT), '') <> COALESCE(CAST(OLD."crop_box" AS TEXT), '') OR COALESCE(CAST(NEW."state" AS TEXT), '') <> COALESCE(CAST(OLD."state" AS TEXT), '')) BEGIN SELECT RAISE(ABORT, 'a text never changes, but that all of it is blackened when its document is taken down'); END
--;
CREATE TRIGGER sources_section_refuses_update BEFORE UPDATE ON sources_section FOR EACH ROW WHEN (NEW.heading <> '' OR COALESCE(CAST(NEW."id" AS TEXT), '') <> COALESCE(CAST(OLD."id" AS TEXT), '') OR COALESCE(CAST(NEW."outline_id" AS TEXT), '') <> COALESCE(CAST(OLD."outline_id" AS TEXT), '') OR COALESCE(CAST(NEW."kind" AS TEXT), '') <> COALESCE(CAST(OLD."kind" AS TEXT), '') OR COALESCE(CAST(NEW."label" AS TEXT), '') <> COALESCE(CAST(OLD."label" AS TEXT), '') OR COALESCE(CAST(NEW."start" AS TEXT), '') <> COALESCE(CAST(OLD."start" AS TEXT), '') OR COALESCE(CAST(NEW."end" AS TEXT), '') <> COALESCE(CAST(OLD."end" AS TEXT), '') OR COALESCE(CAST(NEW."parent_id" AS TEXT), '') <> COALESCE(CAST(OLD."parent_id" AS TEXT), '')) BEGIN SELECT RAISE(ABORT, 'a text never changes, but that all of it is blackened when its document is taken down'); END
