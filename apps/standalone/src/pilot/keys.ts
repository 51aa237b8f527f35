import { v5 as uuidv5 } from 'uuid';

/** Namespace of every id that the pilot data set derives; never changes, or a load would no longer find itself. */
const namespace = '6f1d2b0e-7a53-5c58-9a2c-2b0e1c9d2021';

/**
 * The id that belongs to a stable key of the plan, also a step's command id: the same plan gives the same ids, so a
 * load that was killed and started again repeats its commands and changes nothing.
 */
export const idOf = (key: string): string => uuidv5(key, namespace);
