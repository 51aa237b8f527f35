import { regexFilter, prefixFilter, type EventFilter } from '../filter.js';
import { streams } from '../protocol.js';
import type { Direction, From } from '../reader.js';
import { invalid } from '../refusal.js';
import type { SubscriptionNotice } from '../subscription.js';
import { parseStreamName, storableText, wireStream } from './values.js';

type ReadOptions = InstanceType<typeof streams.ReadReq.Options>;
type ReadResp = InstanceType<typeof streams.ReadResp>;

const DEFAULT_SEARCH_WINDOW = 32;

/** What a Read call asks for. */
export interface ReadQuery {
  /** Undefined for `$all`. */
  stream: string | undefined;
  from: From;
  direction: Direction;
  /** How many events at most, or undefined for a subscription. */
  count: number | undefined;
  filter: EventFilter | undefined;
  /** Events looked at between two checkpoints of a filtered subscription. */
  checkpointInterval: number;
  structuredIds: boolean;
  resolveLinks: boolean;
}

/** @throws Refusal INVALID_ARGUMENT for a request that lacks something or holds a hostile or malformed value */
export function parseRead(options: ReadOptions | undefined): ReadQuery {
  if (!options) throw invalid('a read needs options');
  const stream = options.getStream();
  const all = options.getAll();
  if (!stream && !all) throw invalid('a read needs a stream or $all');
  const filterOptions = options.getFilter();
  const { MAX } = streams.ReadReq.Options.FilterOptions.WindowCase;
  const window = filterOptions?.getWindowCase() === MAX ? filterOptions.getMax() : DEFAULT_SEARCH_WINDOW;
  return {
    stream: stream && parseStreamName(stream.getStreamIdentifier()),
    from: stream ? streamStart(stream) : allStart(all),
    direction:
      options.getReadDirection() === streams.ReadReq.Options.ReadDirection.FORWARDS
        ? 'forwards'
        : 'backwards',
    count: options.hasSubscription() ? undefined : Number(options.getCount()),
    filter: filterOptions && parseFilter(filterOptions),
    checkpointInterval: Math.max(1, window * (filterOptions?.getCheckpointintervalmultiplier() ?? 1)),
    structuredIds: !options.getUuidOption()?.hasString(),
    resolveLinks: options.getResolveLinks(),
  };
}

function streamStart(options: InstanceType<typeof streams.ReadReq.Options.StreamOptions>): From {
  if (options.hasStart()) return 'start';
  return options.hasEnd() ? 'end' : BigInt(options.getRevision());
}

function allStart(options: InstanceType<typeof streams.ReadReq.Options.AllOptions> | undefined): From {
  const position = options?.getPosition();
  if (position) return BigInt(position.getCommitPosition());
  return options?.hasEnd() ? 'end' : 'start';
}

function parseFilter(
  options: InstanceType<typeof streams.ReadReq.Options.FilterOptions>,
): EventFilter | undefined {
  const expression = options.getStreamIdentifier() ?? options.getEventType();
  if (!expression) return undefined;
  const on = options.hasStreamIdentifier() ? 'stream' : 'type';
  const prefixes = expression.getPrefixList();
  if (prefixes.length > 0) return prefixFilter(on, prefixes.map(storableText));
  try {
    return regexFilter(on, storableText(expression.getRegex()));
  } catch (error) {
    throw invalid(`unusable filter expression: ${(error as Error).message}`);
  }
}

/** What a subscriber is told besides events, as Read answers it. */
export function noticeResponse(notice: SubscriptionNotice): ReadResp {
  const response = new streams.ReadResp();
  switch (notice.kind) {
    case 'checkpoint': {
      const position = notice.position.toString();
      return response.setCheckpoint(
        new streams.ReadResp.Checkpoint().setCommitPosition(position).setPreparePosition(position),
      );
    }
    case 'caught_up':
      return response.setCaughtUp(new streams.ReadResp.CaughtUp());
    case 'fell_behind':
      return response.setFellBehind(new streams.ReadResp.FellBehind());
  }
}

export const confirmationResponse = (id: string): ReadResp =>
  new streams.ReadResp().setConfirmation(
    new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(id),
  );

export const streamNotFoundResponse = (stream: string): ReadResp =>
  new streams.ReadResp().setStreamNotFound(
    new streams.ReadResp.StreamNotFound().setStreamIdentifier(wireStream(stream)),
  );
