import { Inject } from '@nestjs/common';
import {
  Args,
  ArgsType,
  Context,
  Field,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { mayForOrganisation } from '@spil/access';
import { organisationsShown } from '@spil/audit';
import { retentionEnds, type CaseEvent, type RetentionTerm } from '@spil/domain';
import {
  categoryOf,
  personalCategories,
  plainSubjectAccess,
  subjectAccessAsHtml,
  subjectAccessAsPdf,
  type PersonalCategory,
} from '@spil/plain-language';
import {
  asReader,
  caseTimeline,
  clientCases,
  isErased,
  organisationById,
  othersRecording,
  parkedCases,
  type ProjectionName,
  type RecordedCase,
  type ReadDatabase,
  type TimelineEntry,
} from '@spil/read-model';
import { IsDefined } from 'class-validator';
import type { Pool } from 'pg';
import { DocumentArgs, documentFile, DocumentFile } from '../api/document-file.js';
import { ApiError, badUserInput, forbidden } from '../api/errors.js';
import type { RequestContext } from '../api/request-context.js';
import { asked } from '../audit/log-page.js';
import { InstantScalar, ReferenceIdScalar, UuidScalar } from '../api/scalars.js';
import { CurrentAsker, type Asking } from '../auth/current-asker.js';
import { CaseGate } from '../cases/case-gate.js';
import { CaseEventTypeEnum } from '../cases/timeline.type.js';
import { AtLeastField, AtLeastInput } from '../freshness/at-least.input.js';
import { Freshness } from '../freshness/freshness.js';
import { ReadModels } from '../infrastructure/read-models.js';
import { AUDIT_POOL } from '../infrastructure/tokens.js';
import { clientOf, PersonalData, personalFor, type PersonalField } from '../personal/personal-data.js';
import { PersonalText } from '../personal/personal-text.js';
import { organisationNames } from './organisation-names.js';
import {
  factsOf,
  PersonalCategoryEnum,
  ProcessingInformation,
  type CaseStorage,
} from './processing-information.js';

@ObjectType({ description: 'A personal field that your organisation recorded of the client.' })
export class SubjectField {
  @Field(() => InstantScalar, { description: 'When the step happened.' })
  readonly occurredAt!: Date;

  @Field(() => CaseEventTypeEnum, { description: 'In which step it was recorded.' })
  readonly recordedIn!: CaseEvent['type'];

  @Field(() => String, { description: 'Which field, for example `facts.clientQuestion` or `client.name`.' })
  readonly name!: string;

  @Field(() => PersonalCategoryEnum)
  readonly category!: PersonalCategory;

  @Field(() => PersonalText)
  readonly text!: PersonalField;
}

@ObjectType({ description: 'What your organisation recorded of the client in one case.' })
export class SubjectCase {
  @Field(() => UuidScalar)
  readonly caseId!: string;

  @Field(() => [SubjectField], { description: 'In the order in which it was recorded.' })
  readonly fields!: readonly SubjectField[];

  @Field(() => Boolean, {
    description:
      'The read model could not take in a step of this case: something of the client may be missing here.',
  })
  readonly stale!: boolean;

  /** How long it is kept follows from this; not of the schema. */
  readonly recorded!: RecordedCase;
}

@ObjectType({
  description:
    'Everything that your organisation recorded of one client, for the client to take along (AVG art. 15 and 20). Erased fields say so; what other organisations recorded is theirs to give.',
})
export class SubjectAccess {
  @Field(() => UuidScalar)
  readonly clientId!: string;

  @Field(() => ReferenceIdScalar)
  readonly organisationId!: string;

  @Field(() => [SubjectCase])
  readonly cases!: readonly SubjectCase[];
}

@ArgsType()
class SubjectAccessArgs {
  @Field(() => UuidScalar, {
    description: 'Any case of the client in which your organisation recorded something.',
  })
  @IsDefined()
  readonly caseId!: string;

  @AtLeastField()
  readonly atLeast?: AtLeastInput | null;
}

/** The read models from which it is put together. */
const makeItUp: readonly ProjectionName[] = ['timeline', 'retention'];

const notWhole = (): ApiError =>
  new ApiError(
    'NOT_YET_VISIBLE',
    'A step of a case could not be taken in, so that the document would not be whole. Ask those who run Spil to see to it.',
    { behind: ['timeline'] },
  );

/** Sealed as one object: its parts are told one by one. */
const partsOf: Readonly<Record<string, readonly string[]>> = {
  client: ['name', 'phone', 'email', 'address', 'safeContact', 'interpreterLanguage'],
  dossier: ['caseSketch', 'adviceSoFar', 'documents', 'senderContact'],
};

/** A client's own data, for the privacy officers of the organisation that holds them. */
@Resolver(() => SubjectAccess)
export class SubjectAccessResolver {
  constructor(
    private readonly readModels: ReadModels,
    private readonly freshness: Freshness,
    private readonly gate: CaseGate,
    private readonly personal: PersonalData,
    @Inject(AUDIT_POOL) private readonly auditPool: Pool,
  ) {}

  @Query(() => SubjectAccess, {
    nullable: true,
    description:
      'All that your organisation recorded of a client, under the purpose SUBJECT_ACCESS; null when it holds nothing in this case. Every field shown is written down in the access log.',
  })
  async subjectAccess(
    @Args() { caseId, atLeast }: SubjectAccessArgs,
    @CurrentAsker() asking: Asking,
  ): Promise<SubjectAccess | null> {
    const { principal, purpose } = asking;
    if (!mayForOrganisation(principal, 'GIVE_SUBJECT_ACCESS')) throw forbidden('subject access');
    if (purpose !== 'SUBJECT_ACCESS')
      throw badUserInput([{ field: 'purpose', message: 'must be SUBJECT_ACCESS for this query' }]);
    await this.freshness.wait(atLeast, asking, ['timeline', 'retention', 'reference']);
    const { organisationId } = principal;
    const isOpen = async (id: string): Promise<boolean> =>
      (await this.gate.look(asking, 'COLLECT_FOR_CLIENT', id)) !== undefined;
    // A case of which they may see nothing is not asked about either, whatever else there is of its client. That the gate comes first
    // lets a case that is shut take as long as one that there is not.
    if (!(await isOpen(caseId))) return null;
    const database = await this.readModels.database();
    const found = await clientCases(database, organisationId, caseId);
    if (found === undefined) return null;
    const { clientId } = found;
    const open = await Promise.all(
      found.cases.map(async (one) => one.caseId === caseId || (await isOpen(one.caseId))),
    );
    const parked = await parkedCases(database);
    const cases: SubjectCase[] = [];
    for (const recorded of found.cases.filter((_, at) => open[at])) {
      const { caseId: id } = recorded;
      const fields = await ownFields(database, { caseId: id, clientId, organisationId });
      const stale = parked.some(({ caseId: one, projection }) => one === id && makeItUp.includes(projection));
      cases.push({ caseId: id, fields, stale, recorded });
    }
    return { clientId, organisationId, cases };
  }

  @ResolveField(() => ProcessingInformation, {
    description: 'What the client must be told beside the data (AVG art. 15(1)).',
  })
  async information(
    @Parent() { clientId, organisationId, cases }: SubjectAccess,
  ): Promise<ProcessingInformation> {
    const database = await this.readModels.database();
    const organisation = await organisationById(database, organisationId);
    if (organisation === undefined) throw forbidden('subject access');
    const caseIds = cases.map(({ caseId }) => caseId);
    const named = async (ids: readonly string[]) => {
      const others = ids.filter((id) => id !== organisationId);
      const nameOf = await organisationNames(database, others);
      return others.map((id) => ({ organisationId: id, name: nameOf(id) }));
    };
    const present = new Set(
      cases.flatMap(({ fields }) => fields.filter(isPresent).map(({ category }) => category)),
    );
    const { organisationKind, retention } = organisation;
    return {
      organisationKind,
      categories: personalCategories.filter((category) => present.has(category)),
      recipients: await named(await asked(organisationsShown(this.auditPool, { caseIds, clientId }))),
      sources: await named(await othersRecording(database, organisationId, caseIds)),
      ...retention,
      storage: cases.map(({ recorded }) => storageOf(recorded, retention)),
    };
  }

  @ResolveField(() => DocumentFile, {
    description:
      'The same in words, to hand to the client: one document over all cases, with the texts themselves. Every field in it is written down in the access log. There is none while a case is stale: what the client gets must be whole.',
  })
  async document(
    @Parent() access: SubjectAccess,
    @Args() { language, format }: DocumentArgs,
    @Context() context: RequestContext,
  ): Promise<DocumentFile> {
    const { clientId, organisationId, cases } = access;
    if (cases.some(({ stale }) => stale)) throw notWhole();
    const organisation = await organisationById(await this.readModels.database(), organisationId);
    const facts = factsOf(await this.information(access));
    const told = cases.map(async ({ caseId, fields }) => ({
      caseId,
      fields: await Promise.all(
        fields.map(async ({ occurredAt, recordedIn, name, text }) => ({
          occurredAt: occurredAt.toISOString(),
          recordedIn,
          name,
          text: await this.personal.open(context, text),
        })),
      ),
    }));
    return documentFile(
      plainSubjectAccess(await Promise.all(told), {
        organisation: organisation?.name ?? organisationId,
        facts,
        language,
        madeAt: new Date().toISOString(),
      }),
      { html: subjectAccessAsHtml, pdf: subjectAccessAsPdf },
      { name: `client-${clientId}`, language, format },
    );
  }
}

const isPresent = ({ text: { sealed } }: SubjectField): boolean => sealed !== null && !isErased(sealed);

function storageOf({ caseId, endedAt, erased }: RecordedCase, term: RetentionTerm): CaseStorage {
  if (erased) return { caseId, state: 'ERASED', until: null };
  return endedAt === null
    ? { caseId, state: 'OPEN', until: null }
    : { caseId, state: 'ENDED', until: retentionEnds(endedAt.toISOString(), term) };
}

async function ownFields(
  database: ReadDatabase,
  held: { readonly caseId: string; readonly clientId: string; readonly organisationId: string },
): Promise<SubjectField[]> {
  const personal = personalFor(true, clientOf('subjectAccess', held));
  const own = ({ actor }: TimelineEntry): boolean =>
    actor.kind === 'PROFESSIONAL' && actor.organisationId === held.organisationId;
  const entries = await asReader(database, { kind: 'CASE', caseId: held.caseId }, (session) =>
    caseTimeline(session, held.caseId),
  );
  return entries.filter(own).flatMap((entry) =>
    Object.entries(entry.sealed).flatMap(([path, field]) =>
      (partsOf[path] ?? [undefined]).map((part) => ({
        occurredAt: entry.occurredAt,
        recordedIn: entry.type,
        name: part === undefined ? path : `${path}.${part}`,
        category: categoryOf(path),
        text: personal(field, part),
      })),
    ),
  );
}
