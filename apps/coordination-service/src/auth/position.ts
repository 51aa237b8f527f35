import { SetMetadata } from '@nestjs/common';

/**
 * What the position of the asker, as it stands now, is to a query, mutation or subscription. A token outlives a job, so that without
 * this decorator `REQUIRED` holds.
 *
 * `REQUIRED`: who does not work where the token says is refused. `WHERE_KNOWN`: the same, but while the event store is away and
 * nobody can tell, it is answered. `LOOKED_AT_WITHIN`: the resolver looks itself, since its answer for who left is another one, such
 * as no case. `NO_MATTER`: it tells nothing but what the token says.
 */
export type PositionNeed = 'REQUIRED' | 'WHERE_KNOWN' | 'LOOKED_AT_WITHIN' | 'NO_MATTER';

/** Under which the need of a resolver is kept. */
export const positionKey = 'spil:position';

/** Says what the position of the asker is to a resolver. */
export const PositionOfAsker = (need: PositionNeed): MethodDecorator => SetMetadata(positionKey, need);
