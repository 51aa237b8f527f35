import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { figureScope, type Principal } from '@spil/access';
import * as readModel from '@spil/read-model';
import { badUserInput, forbidden } from '../api/errors.js';
import { inOwnPurpose } from '../auth/current-asker.js';
import { CurrentPrincipal } from '../auth/current-principal.js';
import { PositionOfAsker } from '../auth/position.js';
import { Freshness } from '../freshness/freshness.js';
import { ReadModels } from '../infrastructure/read-models.js';
import { BreakdownEnum, FiguresArgs } from './figures.input.js';
import {
  ContactFigure,
  ContactOutcomeFigure,
  CountFigure,
  FiguresType,
  HandoverFigure,
  LatFigure,
  LeadTimeFigure,
  PairFigure,
  RatingsFigure,
  RegistrationKindFigure,
  RelevanceFigure,
  UsersFigure,
} from './figures.types.js';

/** Governance figures, from the ledger of contributions: their cost does not grow with the number of cases. */
@Resolver(() => FiguresType)
export class FiguresResolver {
  constructor(
    private readonly readModels: ReadModels,
    private readonly freshness: Freshness,
  ) {}

  @PositionOfAsker('WHERE_KNOWN')
  @Query(() => FiguresType, {
    description:
      'The figures that the pilot published (R ch. 2), for any selection, live or as of a past moment.',
  })
  async figures(@Args() args: FiguresArgs, @CurrentPrincipal() principal: Principal): Promise<FiguresType> {
    const scope = figureScope(principal);
    if (scope === undefined) throw forbidden('figures');
    if (scope.kind === 'LOCATION' && args.locationId != null && args.locationId !== scope.locationId)
      throw forbidden('figures of another location than your own');
    const { from, to } = args.period ?? {};
    if (from != null && to != null && from > to)
      throw badUserInput([{ field: 'period.to', message: 'lies before `from`' }]);

    await this.freshness.wait(args.atLeast, inOwnPurpose(principal), ['figures']);
    const locationId = scope.kind === 'LOCATION' ? scope.locationId : args.locationId;
    const { clientMunicipality, organisationKind, line, area, asOf } = args;
    return {
      filter: {
        ...(from != null && { from }),
        ...(to != null && { to }),
        ...(locationId != null && { locationId }),
        ...(clientMunicipality != null && { clientMunicipality }),
        ...(organisationKind != null && { organisationKind }),
        ...(line != null && { line }),
        ...(area != null && { area }),
        ...(asOf != null && { asOf: new Date(asOf) }),
      },
    };
  }

  @ResolveField(() => [UsersFigure], {
    description: 'Users, registered and active, by organisation kind (R 2.2).',
  })
  async users(@Parent() { filter }: FiguresType): Promise<UsersFigure[]> {
    return readModel.usersByKind(await this.readModels.database(), filter);
  }

  @ResolveField(() => [CountFigure], {
    description: "Registrations, either side (R ch. 2). A lawyer's counts at the lawyer's location.",
  })
  async registrations(
    @Parent() { filter }: FiguresType,
    @Args('by', { type: () => BreakdownEnum }) by: readModel.Breakdown,
  ): Promise<CountFigure[]> {
    return readModel.registrations(await this.readModels.database(), filter, by);
  }

  @ResolveField(() => [RegistrationKindFigure], {
    description: 'Registrations by why the case was opened (R 2.3.2).',
  })
  async registrationsByKind(@Parent() { filter }: FiguresType): Promise<RegistrationKindFigure[]> {
    return readModel.registrationsByKind(await this.readModels.database(), filter);
  }

  @ResolveField(() => [RelevanceFigure], {
    description: 'Relevance for the signaleringsoverleg (R tables 2.1 to 2.3); narrow with `line`.',
  })
  async relevance(
    @Parent() { filter }: FiguresType,
    @Args('by', { type: () => BreakdownEnum }) by: readModel.Breakdown,
  ): Promise<RelevanceFigure[]> {
    return readModel.relevance(await this.readModels.database(), filter, by);
  }

  @ResolveField(() => [CountFigure], {
    description: 'Complete registrations: both sides gave their account (R tables 2.4 to 2.6).',
  })
  async completeRegistrations(
    @Parent() { filter }: FiguresType,
    @Args('by', { type: () => BreakdownEnum }) by: readModel.Breakdown,
  ): Promise<CountFigure[]> {
    return readModel.completeRegistrations(await this.readModels.database(), filter, by);
  }

  @ResolveField(() => [PairFigure], {
    description: 'Complete registrations by the asking and the consulted organisation kind (R 2.4).',
  })
  async completeByPair(@Parent() { filter }: FiguresType): Promise<PairFigure[]> {
    return readModel.completeByPair(await this.readModels.database(), filter);
  }

  @ResolveField(() => [PairFigure], {
    description: 'Conversations sought, by who asked and who was asked (R fig. 2.2); UNKNOWN is a value.',
  })
  async conversationsSought(@Parent() { filter }: FiguresType): Promise<PairFigure[]> {
    return readModel.conversationsSought(await this.readModels.database(), filter);
  }

  @ResolveField(() => [ContactFigure], { description: 'Successful contacts (R 2.3.1).' })
  async contacts(@Parent() { filter }: FiguresType): Promise<ContactFigure[]> {
    return readModel.contactsByPair(await this.readModels.database(), filter);
  }

  @ResolveField(() => ContactOutcomeFigure, {
    description: 'Registrations with and without a successful contact (R 2.3.1).',
  })
  async contactOutcome(@Parent() { filter }: FiguresType): Promise<ContactOutcomeFigure> {
    return readModel.contactOutcome(await this.readModels.database(), filter);
  }

  @ResolveField(() => LatFigure, { description: 'LATs avoided (R 2.4).' })
  async latAnswers(@Parent() { filter }: FiguresType): Promise<LatFigure> {
    return readModel.latAnswers(await this.readModels.database(), filter);
  }

  @ResolveField(() => [RatingsFigure], { description: 'Ratings per side, as a distribution.' })
  async ratings(@Parent() { filter }: FiguresType): Promise<RatingsFigure[]> {
    return readModel.ratings(await this.readModels.database(), filter);
  }

  @ResolveField(() => [HandoverFigure], {
    description: 'Handovers prepared in the period, by where they stand.',
  })
  async handovers(@Parent() { filter }: FiguresType): Promise<HandoverFigure[]> {
    return readModel.handovers(await this.readModels.database(), filter);
  }

  @ResolveField(() => [LeadTimeFigure], { description: 'Lead times between steps: median and p90.' })
  async leadTimes(@Parent() { filter }: FiguresType): Promise<LeadTimeFigure[]> {
    return readModel.leadTimes(await this.readModels.database(), filter);
  }
}
