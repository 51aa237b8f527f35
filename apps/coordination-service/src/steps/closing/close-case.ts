import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { CloseCase } from '@spil/commands';
import type { CloseCaseInput as CloseCaseOrder } from '@spil/commands';
import type { CaseOutcome, CaseSolution } from '@spil/domain';
import { IsBoolean, IsDefined, IsOptional } from 'class-validator';
import { CaseOutcomeEnum, CaseSolutionEnum } from '../../api/enums.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `closeCase`.' })
export class CloseCaseInput extends CaseStepInput implements CloseCaseOrder {
  @Field(() => CaseOutcomeEnum, { description: 'How it ended.' })
  @IsDefined()
  readonly outcome!: CaseOutcome;

  @Field(() => CaseSolutionEnum, { description: 'By what means.' })
  @IsDefined()
  readonly solution!: CaseSolution;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the first line solved it; leave out when not answered.',
  })
  @IsOptional()
  @IsBoolean()
  readonly solvedInFirstLine?: boolean | null;
}

@Resolver()
export class CloseCaseResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Ends the work on a case.' })
  async closeCase(
    @Args('input') input: CloseCaseInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new CloseCase(orderOf(input, asking, correlationId), factsIn(input))),
    );
  }
}
