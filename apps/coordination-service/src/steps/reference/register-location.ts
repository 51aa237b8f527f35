import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import type { Principal } from '@spil/access';
import { RegisterLocation } from '@spil/commands';
import type { RegisterLocationInput as RegisterLocationOrder } from '@spil/commands';
import { ArrayMaxSize, IsOptional } from 'class-validator';
import { MunicipalityCodeScalar, ReferenceIdScalar } from '../../api/scalars.js';
import { CorrelationId, CurrentPrincipal } from '../../auth/current-principal.js';
import { IsSentence } from '../../input/text.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `registerLocation`.' })
export class RegisterLocationInput extends StepInput implements RegisterLocationOrder {
  @Field(() => ReferenceIdScalar, { nullable: true, description: 'A new one when left out.' })
  @IsOptional()
  readonly locationId?: string | null;

  @Field(() => String, { description: 'Name of the place.' })
  @IsSentence({ max: 100 })
  readonly name!: string;

  @Field(() => [MunicipalityCodeScalar], {
    description: 'CBS codes of the municipalities that it covers; Walcheren covers several.',
  })
  @ArrayMaxSize(50)
  readonly municipalities!: readonly string[];

  @Field(() => String, { description: 'One of the 11 arrondissementen (P 8).' })
  @IsSentence({ max: 60 })
  readonly arrondissement!: string;
}

@Resolver()
export class RegisterLocationResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Adds a place where help is given (R 1.2).' })
  async registerLocation(
    @Args('input') input: RegisterLocationInput,
    @CurrentPrincipal() principal: Principal,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new RegisterLocation(orderOf(input, principal, correlationId), factsIn(input)),
      ),
    );
  }
}
