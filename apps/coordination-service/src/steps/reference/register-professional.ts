import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { RegisterProfessional } from '@spil/commands';
import type { RegisterProfessionalInput as RegisterProfessionalOrder } from '@spil/commands';
import { Type } from 'class-transformer';
import { IsDefined, IsOptional, ValidateNested } from 'class-validator';
import { ReferenceIdScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';
import { ProfessionalDetailsInput } from './professional-details-input.js';

@InputType({ description: 'Input of `registerProfessional`.' })
export class RegisterProfessionalInput extends StepInput implements RegisterProfessionalOrder {
  @Field(() => ReferenceIdScalar, { nullable: true, description: 'A new one when left out.' })
  @IsOptional()
  readonly professionalId?: string | null;

  @Field(() => ReferenceIdScalar, { description: 'Where he or she works.' })
  @IsDefined()
  readonly organisationId!: string;

  @Field(() => ReferenceIdScalar, { description: 'At which location.' })
  @IsDefined()
  readonly locationId!: string;

  @Field(() => ProfessionalDetailsInput, { description: 'Name and contact details; the whole new value.' })
  @ValidateNested()
  @Type(() => ProfessionalDetailsInput)
  readonly details!: ProfessionalDetailsInput;
}

@Resolver()
export class RegisterProfessionalResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Adds a user (R 2.2).' })
  async registerProfessional(
    @Args('input') input: RegisterProfessionalInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new RegisterProfessional(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
