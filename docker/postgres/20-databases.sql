-- One database for the read models, one for the data keys: a backup of one never holds the other, and the worker cannot even
-- connect to the keys.

CREATE DATABASE spil_read OWNER spil_read_owner;
CREATE DATABASE spil_keys OWNER spil_keys_owner;

REVOKE ALL ON DATABASE spil_read FROM PUBLIC;
REVOKE ALL ON DATABASE spil_keys FROM PUBLIC;
REVOKE ALL ON DATABASE postgres FROM PUBLIC;

GRANT CONNECT ON DATABASE spil_read TO spil_worker, spil_service;
GRANT CONNECT ON DATABASE spil_keys TO spil_keys;
