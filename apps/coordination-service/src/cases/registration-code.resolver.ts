import { Args, ArgsType, Context, Field, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { isCaseworker, mayOnCase } from '@spil/access';
import { accessOf } from '@spil/commands';
import { caseDecider, isRefusal, parseRegistrationCode, registrationCodeDecider } from '@spil/domain';
import { DecisionRunner } from '@spil/event-store';
import { enumOf } from '../api/enums.js';
import { forbidden, tooManyCodes } from '../api/errors.js';
import type { RequestContext } from '../api/request-context.js';
import { UuidScalar } from '../api/scalars.js';
import { RefusalLog } from '../audit/refusal-log.js';
import { CurrentAsker, type Asking } from '../auth/current-asker.js';
import { PositionOfAsker } from '../auth/position.js';
import { Staff } from '../auth/staff.js';
import { IsSentence } from '../input/text.js';
import { CodeTries, codeTriesPerMinute } from './code-tries.js';

export const CodeStatusEnum = enumOf(
  ['LINKABLE', 'MISTYPED', 'NOT_LINKABLE'],
  'CodeStatus',
  'MISTYPED: the check character shows a slip. NOT_LINKABLE: no case has it, or none that takes a registration.',
);

@ObjectType({
  description: 'What a registration code is good for. It only links; it reveals nothing of the case.',
})
export class RegistrationCodeLookup {
  @Field(() => CodeStatusEnum)
  readonly status!: keyof typeof CodeStatusEnum;

  @Field(() => UuidScalar, { nullable: true, description: 'For those who may see the case already.' })
  readonly caseId!: string | null;
}

@ArgsType()
class CodeArgs {
  @Field(() => String, { description: 'As it was heard or typed; case, spaces and hyphens do not matter.' })
  @IsSentence({ max: 40 })
  readonly code!: string;
}

@Resolver()
export class RegistrationCodeResolver {
  constructor(
    private readonly runner: DecisionRunner,
    private readonly staff: Staff,
    private readonly tries: CodeTries,
    private readonly refusals: RefusalLog,
  ) {}

  @PositionOfAsker('LOOKED_AT_WITHIN')
  @Query(() => RegistrationCodeLookup, {
    description: `Whether a registration can be linked by this code (R 2.4). ${codeTriesPerMinute} tries a minute, steps with a code included; mistyped codes do not count.`,
  })
  async caseByRegistrationCode(
    @Args() { code: input }: CodeArgs,
    @CurrentAsker() asking: Asking,
    @Context() context: RequestContext,
  ): Promise<RegistrationCodeLookup> {
    const { principal } = asking;
    if (!isCaseworker(principal)) throw forbidden('registration codes');
    const code = parseRegistrationCode(input);
    if (isRefusal(code)) return { status: 'MISTYPED', caseId: null };
    if (!(await this.tries.take(principal.professionalId))) throw tooManyCodes();

    const { state: reserved } = await this.runner.loadState(
      `registrationcode-${code}`,
      registrationCodeDecider,
    );
    // An unknown code takes the same look at a case as a known one.
    const { state } = await this.runner.loadState(`case-${reserved.caseId ?? code}`, caseDecider);
    const inPlace = await this.staff.isInPlace(principal);
    const notLinkable = async (): Promise<RegistrationCodeLookup> => {
      const asked = { kind: 'READ', operation: 'caseByRegistrationCode', caseId: reserved.caseId } as const;
      await this.refusals.note(context, { ...asked, code: 'NOT_LINKABLE' });
      return { status: 'NOT_LINKABLE', caseId: null };
    };
    if (state.status === 'NOT_REGISTERED' || !inPlace) return notLinkable();
    const asker = { ...asking, at: new Date().toISOString() };
    const access = accessOf(state);
    const seen = mayOnCase(asker, 'SEE_CASE', access);
    // Behind a wall there is nothing to link either.
    const isLinkable = state.status !== 'LINKED';
    if (!seen && !(isLinkable && mayOnCase(asker, 'LINK_BY_CODE', access))) return notLinkable();
    return { status: isLinkable ? 'LINKABLE' : 'NOT_LINKABLE', caseId: seen ? state.caseId : null };
  }
}
