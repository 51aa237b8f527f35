import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { CedarValueJson, DetailedError } from '@cedar-policy/cedar-wasm/nodejs';
import type * as Cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { Role } from './principal.js';

// The package has no ES module for Node that loads its own WebAssembly.
const cedar = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs') as typeof Cedar;

/** The policy text, or the schema of its words, cannot be used. */
export class PolicyInvalid extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`the access policy cannot be used: ${problems.join('; ')}`);
    this.name = 'PolicyInvalid';
  }
}

/** A policy text and the schema of its words, in Cedar. */
export interface PolicyText {
  readonly policy: string;
  readonly schema: string;
}

/** The words of a question by their types in the schema, for example `{ relation: 'Relation' }`, and values that are no words. */
export type Circumstances = Readonly<
  Record<string, { readonly type: string; readonly id: string } | boolean>
>;

/** Decides by one policy text. */
export interface PolicyEngine {
  /** Whether the role may do this, in these circumstances. @throws Error when the question does not fit the schema */
  permits(role: Role, action: string, resource: 'Case' | 'Spil', circumstances?: Circumstances): boolean;
}

/** The policy text that Spil ships. @throws PolicyInvalid when it is not there */
export function shippedPolicy(): PolicyText {
  const read = (name: string): string => {
    const file = new URL(`../policy/${name}`, import.meta.url);
    try {
      return readFileSync(file, 'utf8');
    } catch (cause) {
      throw new PolicyInvalid([
        `${name} cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown'})`,
      ]);
    }
  };
  return { policy: read('spil.cedar'), schema: read('spil.cedarschema') };
}

/** By what a text is named: the first 16 digits of the SHA-256 over policy and schema, one after the other. */
export const policyVersion = ({ policy, schema }: PolicyText): string =>
  createHash('sha256').update(policy).update(schema).digest('hex').slice(0, 16);

/** Checks a policy text against its schema and makes it ready. @throws PolicyInvalid */
export function openPolicy(text: PolicyText): PolicyEngine {
  const { policy, schema } = text;
  const policies = { staticPolicies: policy };
  const checked = cedar.validate({ policies, schema, validationSettings: { mode: 'strict' } });
  const problems =
    checked.type === 'failure'
      ? checked.errors.map(told)
      : [...checked.validationErrors, ...checked.validationWarnings].map(
          ({ policyId, error }) => `${policyId}: ${told(error)}`,
        );
  if (problems.length > 0) throw new PolicyInvalid(problems);
  return ready(text);
}

/**
 * A text that decided once, to be asked with the words of today. What it has no word for, an action or a relation that came later, it
 * did not permit; what it did not look at is not told to it. @throws PolicyInvalid
 */
export function openFormerPolicy(text: PolicyText): PolicyEngine {
  const engine = ready(text);
  const knows = wordsIn(text);
  return {
    permits: (role, action, resource, circumstances = {}) => {
      const told = Object.entries(circumstances).filter(([name]) => knows.circumstances.has(name));
      const known = told.every(
        ([, value]) => typeof value === 'boolean' || knows.words.has(`${value.type} ${value.id}`),
      );
      return (
        knows.words.has(`Role ${role}`) &&
        knows.actions.has(action) &&
        known &&
        engine.permits(role, action, resource, Object.fromEntries(told))
      );
    },
  };
}

/** The words of a text's schema. */
function wordsIn({ schema }: PolicyText) {
  const parsed = cedar.schemaToJson(schema);
  if (parsed.type === 'failure') throw new PolicyInvalid(parsed.errors.map(told));
  const { entityTypes = {}, actions = {}, commonTypes = {} } = parsed.json[''] ?? {};
  const { Circumstances: record } = commonTypes;
  return {
    actions: new Set(Object.keys(actions)),
    words: new Set(
      Object.entries(entityTypes).flatMap(([type, entity]) =>
        'enum' in entity ? entity.enum.map((id) => `${type} ${id}`) : [],
      ),
    ),
    circumstances: new Set(
      record !== undefined && 'attributes' in record ? Object.keys(record.attributes) : [],
    ),
  };
}

function ready({ policy, schema }: PolicyText): PolicyEngine {
  const policies = { staticPolicies: policy };
  const name = `spil-${(opened += 1)}`;
  for (const answer of [cedar.preparseSchema(name, schema), cedar.preparsePolicySet(name, policies)])
    if (answer.type === 'failure') throw new PolicyInvalid(answer.errors.map(told));

  // Decisions follow from words alone, of which there are finitely many: no time, id or text of a person is among them.
  const decided = new Map<string, boolean>();
  return {
    permits(role, action, resource, circumstances = {}) {
      const question = [role, action, resource, ...Object.values(circumstances).map(wordOf)].join(' ');
      const known = decided.get(question);
      if (known !== undefined) return known;
      const answer = cedar.statefulIsAuthorized({
        principal: { type: 'Role', id: role },
        action: { type: 'Action', id: action },
        resource: { type: resource, id: 'asked' },
        context: Object.fromEntries(
          Object.entries(circumstances).map(([word, value]) => [word, valueOf(value)]),
        ),
        entities: [],
        preparsedSchemaName: name,
        preparsedPolicySetId: name,
        validateRequest: true,
      });
      if (answer.type === 'failure')
        throw new Error(`the access policy was asked wrongly: ${answer.errors.map(told).join('; ')}`);
      const { decision, diagnostics } = answer.response;
      if (diagnostics.errors.length > 0)
        throw new Error(
          `the access policy failed: ${diagnostics.errors.map(({ error }) => told(error)).join('; ')}`,
        );
      decided.set(question, decision === 'allow');
      return decision === 'allow';
    },
  };
}

let opened = 0;

let shipped: PolicyEngine | undefined;

/** The engine of the shipped policy, made on first use. @throws PolicyInvalid */
export function policyEngine(): PolicyEngine {
  shipped ??= openPolicy(shippedPolicy());
  return shipped;
}

const told = ({ message, help }: DetailedError): string => (help === null ? message : `${message} (${help})`);

const wordOf = (value: Circumstances[string]): string =>
  typeof value === 'boolean' ? String(value) : value.id;

const valueOf = (value: Circumstances[string]): CedarValueJson =>
  typeof value === 'boolean' ? value : { __entity: value };
