import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { RegisterOrganisation } from '@spil/commands';
import type { RegisterOrganisationInput as RegisterOrganisationOrder } from '@spil/commands';
import type { OrganisationKind } from '@spil/domain';
import { IsDefined, IsOptional } from 'class-validator';
import { OrganisationKindEnum } from '../../api/enums.js';
import { ReferenceIdScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { IsSentence } from '../../input/text.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `registerOrganisation`.' })
export class RegisterOrganisationInput extends StepInput implements RegisterOrganisationOrder {
  @Field(() => ReferenceIdScalar, { nullable: true, description: 'A new one when left out.' })
  @IsOptional()
  readonly organisationId?: string | null;

  @Field(() => String, { description: 'Name of the organisation.' })
  @IsSentence({ max: 200 })
  readonly name!: string;

  @Field(() => OrganisationKindEnum, { description: 'Its kind.' })
  @IsDefined()
  readonly organisationKind!: OrganisationKind;
}

@Resolver()
export class RegisterOrganisationResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'Adds an organisation; its kind never changes, since figures count by it.',
  })
  async registerOrganisation(
    @Args('input') input: RegisterOrganisationInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new RegisterOrganisation(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
