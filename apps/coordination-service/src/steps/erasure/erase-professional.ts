import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { EraseProfessional } from '@spil/commands';
import type { EraseProfessionalInput as EraseProfessionalOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { ReferenceIdScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { ErasureRunner } from '../../erasure/erasure-runner.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `eraseProfessional`.' })
export class EraseProfessionalInput extends StepInput implements EraseProfessionalOrder {
  @Field(() => ReferenceIdScalar, { description: 'Someone who left your organisation.' })
  @IsDefined()
  readonly professionalId!: string;
}

@Resolver()
export class EraseProfessionalResolver {
  constructor(
    private readonly commands: CommandBus,
    private readonly runner: ErasureRunner,
  ) {}

  @Mutation(() => StepPayload, {
    description:
      'Destroys name and contact details of someone who left your organisation, for ever. What the person did stays, under an id; it is carried out at once, and `professionals` then says `ERASED`.',
  })
  async eraseProfessional(
    @Args('input') input: EraseProfessionalInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    const result = await this.commands.execute(
      new EraseProfessional(orderOf(input, asking, correlationId), factsIn(input)),
    );
    if (result.kind === 'accepted') this.runner.beginProfessional(result.aggregateId);
    return payloadOf(result);
  }
}
