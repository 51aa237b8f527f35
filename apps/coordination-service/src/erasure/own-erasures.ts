import { Injectable } from '@nestjs/common';
import type { OrganisationPrincipal } from '@spil/access';
import { ErasureGate } from '@spil/commands';
import { erasureById, erasuresOf, type ErasureDocument, type ErasureStateName } from '@spil/read-model';
import { filledPage } from '../api/filled-page.js';
import { inOwnPurpose } from '../auth/current-asker.js';
import { ReadModels } from '../infrastructure/read-models.js';

/** The requests to erase of an organisation, as far as one of its privacy officers may know of them: not where a wall stands. */
@Injectable()
export class OwnErasures {
  constructor(
    private readonly readModels: ReadModels,
    private readonly gate: ErasureGate,
  ) {}

  /** The newest first. From a request that is not for this officer nothing is read on, as from one that there is not. */
  async page(
    officer: OrganisationPrincipal,
    options: {
      readonly states?: readonly ErasureStateName[];
      readonly first: number;
      readonly before?: string;
    },
  ): Promise<ErasureDocument[]> {
    const { before } = options;
    if (before !== undefined && (await this.byId(officer, before)) === undefined) return [];
    const database = await this.readModels.database();
    return filledPage<ErasureDocument>(
      options.first,
      (last) =>
        erasuresOf(database, officer.organisationId, {
          ...options,
          ...(last !== undefined && { before: last.erasureId }),
        }),
      async (documents) => {
        const seen = await Promise.all(documents.map((document) => this.seenBy(officer, document)));
        return seen.filter((document) => document !== undefined);
      },
    );
  }

  /** Undefined when there is none, and in the same way when it is not for this officer. */
  async byId(officer: OrganisationPrincipal, erasureId: string): Promise<ErasureDocument | undefined> {
    const found = await erasureById(await this.readModels.database(), officer.organisationId, erasureId);
    return found && this.seenBy(officer, found);
  }

  /** Without the cases that are shut to the officer; undefined when the request is about no other. */
  private async seenBy(
    officer: OrganisationPrincipal,
    document: ErasureDocument,
  ): Promise<ErasureDocument | undefined> {
    const { ordered, completed } = document;
    const asker = { ...inOwnPurpose(officer), at: new Date().toISOString() };
    const open = await this.gate.openIn(asker, document);
    if (open === undefined) return undefined;
    const isOpen = (one: { readonly caseId: string }): boolean => open.has(one.caseId);
    return {
      ...document,
      ordered: ordered && {
        ...ordered,
        caseIds: ordered.caseIds.filter((id) => open.has(id)),
        kept: ordered.kept.filter(isOpen),
        left: (ordered.left ?? []).filter((id) => open.has(id)),
      },
      completed: completed && { ...completed, destroyed: completed.destroyed.filter(isOpen) },
    };
  }
}
