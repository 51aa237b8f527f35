import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { OfferHandover } from '@spil/commands';
import type { OfferHandoverInput as OfferHandoverOrder } from '@spil/commands';
import { IsDefined, IsOptional } from 'class-validator';
import { ReferenceIdScalar, UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `offerHandover`.' })
export class OfferHandoverInput extends CaseStepInput implements OfferHandoverOrder {
  @Field(() => UuidScalar, { description: 'The handover.' })
  @IsDefined()
  readonly handoverId!: string;

  @Field(() => ReferenceIdScalar, { nullable: true, description: 'The receiver; refused when left out.' })
  @IsOptional()
  readonly toProfessionalId?: string | null;
}

@Resolver()
export class OfferHandoverResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'Offers a prepared handover to a named person, never to an organisation (rule 5).',
  })
  async offerHandover(
    @Args('input') input: OfferHandoverInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new OfferHandover(orderOf(input, asking, correlationId), factsIn(input))),
    );
  }
}
