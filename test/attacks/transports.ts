import { WebSocket } from 'ws';
import type { Purpose } from '@spil/access';

/** What came back: the code of the first error, the answer itself, or how a socket was closed. */
export interface Outcome {
  readonly code: string;
  readonly status?: number;
  readonly data?: unknown;
  /** Everything that was said, to look for what must not be in it. */
  readonly text: string;
  readonly ms: number;
}

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

const codeOf = ({ errors }: Body): string =>
  errors?.[0]?.extensions?.code ?? (errors ? 'NO CODE' : 'ANSWERED');

/** Sends a request by HTTP as it is. */
export async function sendHttp(url: string, request: RequestInit): Promise<Outcome> {
  const started = performance.now();
  const response = await fetch(url, request);
  const text = await response.text();
  const body = JSON.parse(text) as Body;
  return {
    code: codeOf(body),
    status: response.status,
    data: body.data,
    text,
    ms: performance.now() - started,
  };
}

/** Posts an operation as the bearer of a token; for the role's own purpose unless one is stated. */
export const post = (
  url: string,
  token: string | undefined,
  body: unknown,
  purpose?: Purpose,
): Promise<Outcome> =>
  sendHttp(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(purpose !== undefined && { 'spil-purpose': purpose }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** A socket that speaks graphql-ws, message by message. */
export interface RawSocket {
  /** Subscribes and resolves with what is said first: an error's code, an answer, or that it is complete. */
  subscribe(payload: unknown): Promise<Outcome>;
  /** Sends something that may be no message at all, and resolves with how the socket is closed. */
  sendRaw(text: string): Promise<Outcome>;
  /** What is said next under the subscription. */
  next(): Promise<Outcome>;
  close(): void;
}

interface Message {
  readonly type: string;
  readonly payload?: unknown;
}

/** Opens a socket as the bearer of a token; rejects with the closing code when it is not let in. */
export async function openSocket(
  url: string,
  token: string | undefined,
  purpose?: Purpose,
): Promise<RawSocket> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws');
  const said: string[] = [];
  const waiting: (() => void)[] = [];
  let closed: string | undefined;
  const wake = (): void => {
    for (const look of waiting.splice(0)) look();
  };
  socket.on('message', (data: Buffer) => {
    said.push(data.toString('utf8'));
    wake();
  });
  socket.on('close', (code: number) => {
    closed = `CLOSED ${code}`;
    wake();
  });
  const hear = async (): Promise<string> => {
    for (;;) {
      const text = said.shift();
      if (text !== undefined) return text;
      if (closed !== undefined) return closed;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  const outcome = async (started: number): Promise<Outcome> => {
    const text = await hear();
    const ms = performance.now() - started;
    if (text.startsWith('CLOSED')) return { code: text, text, ms };
    const { type, payload } = JSON.parse(text) as Message;
    if (type === 'complete') return { code: 'COMPLETE', text, ms };
    const body = type === 'error' ? { errors: payload as Body['errors'] & object } : (payload as Body);
    return { code: codeOf(body), data: body.data, text, ms };
  };

  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.send(
    JSON.stringify({
      type: 'connection_init',
      ...(token !== undefined && { payload: { authorization: `Bearer ${token}`, purpose } }),
    }),
  );
  const answer = await hear();
  if (answer.startsWith('CLOSED')) throw new Error(answer);
  let id = 0;
  return {
    subscribe: (payload) => {
      const started = performance.now();
      socket.send(JSON.stringify({ id: String((id += 1)), type: 'subscribe', payload }));
      return outcome(started);
    },
    sendRaw: (text) => {
      const started = performance.now();
      socket.send(text);
      return outcome(started);
    },
    next: () => outcome(performance.now()),
    close: () => socket.close(),
  };
}

/** Subscribes on a socket of its own. */
export async function subscribeOnce(
  url: string,
  token: string | undefined,
  payload: unknown,
  purpose?: Purpose,
): Promise<Outcome> {
  const started = performance.now();
  let socket: RawSocket;
  try {
    socket = await openSocket(url, token, purpose);
  } catch (refused) {
    if (!(refused instanceof Error) || !refused.message.startsWith('CLOSED')) throw refused;
    return { code: refused.message, text: refused.message, ms: performance.now() - started };
  }
  try {
    return await socket.subscribe(payload);
  } finally {
    socket.close();
  }
}
