import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { ChangeProfessionalDetails } from '@spil/commands';
import type { ChangeProfessionalDetailsInput as ChangeProfessionalDetailsOrder } from '@spil/commands';
import { Type } from 'class-transformer';
import { IsDefined, ValidateNested } from 'class-validator';
import { ReferenceIdScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';
import { ProfessionalDetailsInput } from './professional-details-input.js';

@InputType({ description: 'Input of `changeProfessionalDetails`.' })
export class ChangeProfessionalDetailsInput extends StepInput implements ChangeProfessionalDetailsOrder {
  @Field(() => ReferenceIdScalar, { description: 'The professional.' })
  @IsDefined()
  readonly professionalId!: string;

  @Field(() => ProfessionalDetailsInput, { description: 'Name and contact details; the whole new value.' })
  @ValidateNested()
  @Type(() => ProfessionalDetailsInput)
  readonly details!: ProfessionalDetailsInput;
}

@Resolver()
export class ChangeProfessionalDetailsResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Replaces name and contact details.' })
  async changeProfessionalDetails(
    @Args('input') input: ChangeProfessionalDetailsInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new ChangeProfessionalDetails(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
