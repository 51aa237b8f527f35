import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, IntersectionType, Mutation, Resolver } from '@nestjs/graphql';
import { RecordContact } from '@spil/commands';
import { IsOptional } from 'class-validator';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';
import { ContactInput } from './contact-input.js';

@InputType({ description: 'Input of `recordContact`.' })
export class RecordContactInput extends IntersectionType(CaseStepInput, ContactInput) {
  @Field(() => UuidScalar, { nullable: true, description: 'Leave out when the contact followed no request.' })
  @IsOptional()
  readonly piketRequestId?: string | null;
}

@Resolver()
export class RecordContactResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'Records that the other side was reached; opens a conversation.',
  })
  async recordContact(
    @Args('input') input: RecordContactInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new RecordContact(orderOf(input, asking, correlationId), factsIn(input))),
    );
  }
}
