-- One database for the read models, one for the data keys, one for what auditors ask: a backup of one never holds another, and the
-- worker cannot even connect to the keys.

CREATE DATABASE spil_read OWNER spil_read_owner;
CREATE DATABASE spil_keys OWNER spil_keys_owner;
CREATE DATABASE spil_audit OWNER spil_audit_owner;

REVOKE ALL ON DATABASE spil_read FROM PUBLIC;
REVOKE ALL ON DATABASE spil_keys FROM PUBLIC;
REVOKE ALL ON DATABASE spil_audit FROM PUBLIC;
REVOKE ALL ON DATABASE postgres FROM PUBLIC;

GRANT CONNECT ON DATABASE spil_read TO spil_worker, spil_service;
-- The check of the read models fills tables that last as long as its connection.
GRANT TEMPORARY ON DATABASE spil_read TO spil_worker;
GRANT CONNECT ON DATABASE spil_keys TO spil_keys;
GRANT CONNECT ON DATABASE spil_audit TO spil_audit_service, spil_audit_worker;
