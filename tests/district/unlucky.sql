-- A database in which nobody who changes something comes through at the first try: the transaction
-- fails at its very end with a serialisation failure, as if others had been in the way. Whatever runs
-- on it shows that it can be run again, and that nothing it does is doubled by that.

-- Not while the schema is being made, whose steps may not change tables that wait for their end.
CREATE FUNCTION public.has_schema() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RETURN EXISTS (SELECT FROM schema_version)
    AND NOT EXISTS (SELECT FROM schema_version WHERE xmin = pg_current_xact_id()::xid);
END $$;

-- A lock of the session outlives the transaction that took it: by it a connection knows that its last
-- try failed.
CREATE FUNCTION public.fail_once() RETURNS trigger LANGUAGE plpgsql
SET client_min_messages = error AS $$
BEGIN
  IF current_setting('unlucky.passed', true) = 'yes' THEN RETURN NULL; END IF;
  IF pg_advisory_unlock(1, pg_backend_pid()) THEN
    PERFORM set_config('unlucky.passed', 'yes', true);
    RETURN NULL;
  END IF;
  PERFORM pg_advisory_lock(1, pg_backend_pid());
  RAISE EXCEPTION 'no luck at the first try' USING ERRCODE = 'serialization_failure';
END $$;

CREATE FUNCTION public.add_fail_once() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE made record;
BEGIN
  FOR made IN SELECT objid::regclass AS name FROM pg_event_trigger_ddl_commands()
    WHERE command_tag = 'CREATE TABLE'
  LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER fail_once AFTER INSERT OR UPDATE OR DELETE ON %s '
      'DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (public.has_schema()) '
      'EXECUTE FUNCTION public.fail_once()', made.name);
  END LOOP;
END $$;

CREATE EVENT TRIGGER unlucky ON ddl_command_end WHEN TAG IN ('CREATE TABLE')
EXECUTE FUNCTION public.add_fail_once();
