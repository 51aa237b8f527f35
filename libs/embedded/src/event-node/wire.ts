import { regexFilter, prefixFilter, type EventFilter } from './filter.js';
import { features, shared, streams } from './protocol.js';
import type { Direction, From } from './reader.js';
import {
  NO_REVISION,
  type AppendResult,
  type ExpectedRevision,
  type NewEvent,
  type StoredEvent,
} from './records.js';
import { invalid } from './refusal.js';
import type { SubscriptionItem } from './subscription.js';

type ReadOptions = InstanceType<typeof streams.ReadReq.Options>;
type ReadResp = InstanceType<typeof streams.ReadResp>;
type AppendOptions = InstanceType<typeof streams.AppendReq.Options>;
type ProposedMessage = InstanceType<typeof streams.AppendReq.ProposedMessage>;
type StreamIdentifier = InstanceType<typeof shared.StreamIdentifier>;
type Uuid = InstanceType<typeof shared.UUID>;

/** The EventStoreDB release whose behaviour towards clients this node follows. */
export const PROTOCOL_VERSION = '23.10.0';

const DEFAULT_SEARCH_WINDOW = 32;
const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

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
    stream: stream && streamName(stream.getStreamIdentifier()),
    from: stream ? streamStart(stream) : allStart(all),
    direction:
      options.getReadDirection() === streams.ReadReq.Options.ReadDirection.FORWARDS
        ? 'forwards'
        : 'backwards',
    count: options.hasSubscription() ? undefined : Number(options.getCount()),
    filter: filterOptions && parseFilter(filterOptions),
    checkpointInterval: Math.max(1, window * (filterOptions?.getCheckpointintervalmultiplier() ?? 1)),
    structuredIds: !options.getUuidOption()?.hasString(),
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
    return regexFilter(on, expression.getRegex());
  } catch (error) {
    throw invalid(`unusable filter expression: ${(error as Error).message}`);
  }
}

/** What an Append call says first: the stream and what it should be. */
export function parseAppendOptions(options: AppendOptions): { stream: string; expected: ExpectedRevision } {
  const { ExpectedStreamRevisionCase: Case } = streams.AppendReq.Options;
  const stream = streamName(options.getStreamIdentifier());
  if (stream === '$all') throw invalid('$all is not a stream one can append to');
  switch (options.getExpectedStreamRevisionCase()) {
    case Case.REVISION:
      return { stream, expected: BigInt(options.getRevision()) };
    case Case.NO_STREAM:
      return { stream, expected: 'no_stream' };
    case Case.STREAM_EXISTS:
      return { stream, expected: 'stream_exists' };
    case Case.ANY:
      return { stream, expected: 'any' };
    default:
      throw invalid('an append needs an expected revision');
  }
}

/** An event as proposed in an Append call. */
export function parseProposed(message: ProposedMessage): NewEvent {
  const metadata = message.getMetadataMap();
  const type = metadata.get('type');
  if (!type) throw invalid('an event needs a type');
  return {
    id: parseUuid(message.getId()),
    type: storableText(type),
    contentType: storableText(metadata.get('content-type') ?? 'application/octet-stream'),
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

function streamName(identifier: StreamIdentifier | undefined): string {
  const bytes = identifier?.getStreamName_asU8();
  if (!bytes || bytes.length === 0) throw invalid('a stream needs a name');
  try {
    return storableText(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw invalid(`not a stream name: ${(cause as Error).message}`);
  }
}

function storableText(text: string): string {
  if (/[\0\p{Surrogate}]/u.test(text)) throw invalid('a name holds a character that cannot be stored');
  return text;
}

function parseUuid(uuid: Uuid | undefined): string {
  const structured = uuid?.getStructured();
  const text = structured
    ? [structured.getMostSignificantBits(), structured.getLeastSignificantBits()]
        .map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0'))
        .join('')
        .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    : (uuid?.getString().toLowerCase() ?? '');
  if (!UUID_PATTERN.test(text)) throw invalid('an event needs a UUID');
  return text;
}

function wireUuid(id: string, structured: boolean): Uuid {
  const uuid = new shared.UUID();
  if (!structured) return uuid.setString(id);
  const hex = id.replaceAll('-', '');
  const half = (from: number): string =>
    BigInt.asIntN(64, BigInt(`0x${hex.slice(from, from + 16)}`)).toString();
  return uuid.setStructured(
    new shared.UUID.Structured().setMostSignificantBits(half(0)).setLeastSignificantBits(half(16)),
  );
}

const wireStream = (name: string): StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(name));

/** A stored event as Read answers it. */
export function eventResponse(event: StoredEvent, structuredIds: boolean): ReadResp {
  const position = event.position.toString();
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(wireUuid(event.id, structuredIds))
    .setStreamIdentifier(wireStream(event.stream))
    .setStreamRevision(event.revision.toString())
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('content-type', event.contentType)
    .set('created', event.created.toString());
  const read = new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(position);
  return new streams.ReadResp().setEvent(read);
}

/** What a subscriber is told, as Read answers it. */
export function subscriptionResponse(item: SubscriptionItem, structuredIds: boolean): ReadResp {
  const response = new streams.ReadResp();
  switch (item.kind) {
    case 'event':
      return eventResponse(item.event, structuredIds);
    case 'checkpoint': {
      const position = item.position.toString();
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

/** The answer to a unary append; a wrong expectation is an answer, not an error. */
export function appendResponse(
  result: AppendResult,
  expected: ExpectedRevision,
): InstanceType<typeof streams.AppendResp> {
  const { Success, Position, WrongExpectedVersion } = streams.AppendResp;
  if (result.kind === 'appended') {
    const position = result.position.toString();
    const success = new Success().setPosition(
      new Position().setCommitPosition(position).setPreparePosition(position),
    );
    if (result.revision === NO_REVISION) success.setNoStream(new shared.Empty());
    else success.setCurrentRevision(result.revision.toString());
    return new streams.AppendResp().setSuccess(success);
  }
  const wrong = new WrongExpectedVersion();
  if (result.actual === NO_REVISION) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(result.actual.toString());
  if (expected === 'any') wrong.setExpectedAny(new shared.Empty());
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new shared.Empty());
  else wrong.setExpectedRevision(expected.toString());
  return new streams.AppendResp().setWrongExpectedVersion(wrong);
}

/** What this node can do, as ServerFeatures answers it. */
export function supportedMethods(
  service: string,
  methods: string[],
): InstanceType<typeof features.SupportedMethods> {
  const answer = new features.SupportedMethods().setEventStoreServerVersion(PROTOCOL_VERSION);
  for (const method of methods)
    answer.addMethods(new features.SupportedMethod().setServiceName(service).setMethodName(method));
  return answer;
}
