import { caseId, coordinated, given, registered, step } from '../../test-support/case-story.js';
import {
  by,
  deadlines,
  loketMedewerker,
  mediator,
  piketLawyer,
  raadslied,
  raadsliedsColleague,
  time,
  wijkteam,
} from '../../test-support/people.js';
import { suggestCoordinators } from '../rules/coordinator.js';
import type { TransferCoordinator } from './transfer-coordinator.js';

const transferred = (changes: Partial<TransferCoordinator> = {}, context = by(raadslied, time('13:00'))) =>
  step(
    { type: 'TransferCoordinator', caseId, to: raadsliedsColleague, reason: 'AGREED', ...changes },
    context,
  );

describe('the coordinating role', () => {
  it.each([raadslied, loketMedewerker, wijkteam])(
    'goes to the first line, or to another organisation where no first line is ($organisationKind)',
    (coordinator) => {
      given(registered())
        .when(coordinated(coordinator))
        .yields({ type: 'CoordinatorAssigned', caseId, occurredAt: time('12:05'), coordinator });
    },
  );

  it.each([piketLawyer, mediator])('does not go to the second line ($organisationKind)', (coordinator) => {
    given(registered())
      .when(coordinated(coordinator))
      .isRefused({
        code: 'COORDINATOR_NOT_FIRST_LINE',
        rule: 'rule 6',
        field: 'coordinator',
        facts: { organisationKind: coordinator.organisationKind },
      });
  });

  it('lies with one person at a time', () => {
    given(registered(), coordinated())
      .when(coordinated(loketMedewerker))
      .isRefused({
        code: 'COORDINATOR_ALREADY_ASSIGNED',
        rule: 'rule 6',
        field: 'coordinator',
        facts: { coordinatorProfessionalId: 'raadslied' },
      });
  });

  it('passes to a colleague', () => {
    given(registered(), coordinated())
      .when(transferred())
      .yields({
        type: 'CoordinatorTransferred',
        caseId,
        occurredAt: time('13:00'),
        from: raadslied,
        to: raadsliedsColleague,
        reason: 'AGREED',
      });
  });

  it('is passed on by a process when the coordinator left', () => {
    given(registered(), coordinated())
      .when(transferred({ reason: 'LEFT' }, deadlines(time('13:00'))))
      .yields({
        type: 'CoordinatorTransferred',
        caseId,
        occurredAt: time('13:00'),
        from: raadslied,
        to: raadsliedsColleague,
        reason: 'LEFT',
      });
  });

  it('does not pass to the second line', () => {
    given(registered(), coordinated())
      .when(transferred({ to: piketLawyer }))
      .isRefused({
        code: 'COORDINATOR_NOT_FIRST_LINE',
        rule: 'rule 6',
        field: 'to',
        facts: { organisationKind: 'ADVOCATUUR' },
      });
  });

  it('cannot pass on when nobody holds it', () => {
    given(registered()).when(transferred()).isRefused({ code: 'NO_COORDINATOR', rule: 'rule 6', facts: {} });
  });
});

describe('Spil suggests as coordinator', () => {
  const serving = (party: typeof raadslied, ...municipalities: string[]) => ({ party, municipalities });
  const candidates = [
    serving(wijkteam, 'GM0687'),
    serving(loketMedewerker, 'GM0687', 'GM0718'),
    serving(piketLawyer, 'GM0687'),
    serving(raadslied, 'GM0687'),
    serving(raadsliedsColleague, 'GM0718'),
  ];
  const suggested = (municipality: string | null) =>
    suggestCoordinators(candidates, municipality).map(({ party }) => party.professionalId);

  it('a sociaal raadslied first, then the Juridisch Loket, then another organisation', () => {
    expect(suggested('GM0687')).toEqual(['raadslied', 'loket-medewerker', 'wijkteam-member']);
  });

  it('only whoever serves the municipality where the client lives', () => {
    expect(suggested('GM0718')).toEqual(['raadslieds-colleague', 'loket-medewerker']);
  });

  it('everyone of the first line when the municipality is unknown', () => {
    expect(suggested(null)).toEqual([
      'raadslied',
      'raadslieds-colleague',
      'loket-medewerker',
      'wijkteam-member',
    ]);
  });
});
