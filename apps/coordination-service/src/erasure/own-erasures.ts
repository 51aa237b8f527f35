import { Injectable } from '@nestjs/common';
import type { OrganisationPrincipal } from '@spil/access';
import { ErasureGate } from '@spil/commands';
import {
  erasureById,
  erasuresOf,
  placeOfErasure,
  type ErasureDocument,
  type ErasureStateName,
  type Place,
  type ReadDatabase,
} from '@spil/read-model';
import { filledPage } from '../api/filled-page.js';
import { inOwnPurpose } from '../auth/current-asker.js';
import { ReadModels } from '../infrastructure/read-models.js';
import { organisationNames } from './organisation-names.js';
import { erasureType, recipientsOf, type ErasureType } from './erasure.type.js';

/** The requests to erase of an organisation, as far as one of its privacy officers may know of them: not where a wall stands. */
@Injectable()
export class OwnErasures {
  constructor(
    private readonly readModels: ReadModels,
    private readonly gate: ErasureGate,
  ) {}

  /** The newest first. */
  async page(
    officer: OrganisationPrincipal,
    options: {
      readonly states?: readonly ErasureStateName[];
      readonly first: number;
      readonly before?: Place;
    },
  ): Promise<ErasureType[]> {
    const database = await this.readModels.database();
    const page = await filledPage<ErasureDocument>(
      options.first,
      (last) =>
        erasuresOf(database, officer.organisationId, {
          ...options,
          ...(last && { before: placeOfErasure(last) }),
        }),
      async (documents) => {
        const seen = await Promise.all(documents.map((document) => this.seenBy(officer, document)));
        return seen.filter((document) => document !== undefined);
      },
    );
    return answers(database, page);
  }

  /** Undefined when there is none, and in the same way when it is not for this officer. */
  async byId(officer: OrganisationPrincipal, erasureId: string): Promise<ErasureType | undefined> {
    const database = await this.readModels.database();
    const found = await erasureById(database, officer.organisationId, erasureId);
    const seen = found && (await this.seenBy(officer, found));
    return seen && (await answers(database, [seen]))[0];
  }

  /** Without the cases that are shut to the officer; undefined when the request is about no other. */
  private async seenBy(
    officer: OrganisationPrincipal,
    document: ErasureDocument,
  ): Promise<ErasureDocument | undefined> {
    const { refused, ordered, completed } = document;
    const asker = { ...inOwnPurpose(officer), at: new Date().toISOString() };
    const open = await this.gate.openIn(asker, document);
    if (open === undefined) return undefined;
    const isOpen = (one: { readonly caseId: string }): boolean => open.has(one.caseId);
    return {
      ...document,
      refused: refused && { ...refused, left: (refused.left ?? []).filter((id) => open.has(id)) },
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

/** The answers to a privacy officer, with the names of the organisations that are to hear of it. */
async function answers(
  database: ReadDatabase,
  documents: readonly ErasureDocument[],
): Promise<ErasureType[]> {
  const nameOf = await organisationNames(database, documents.flatMap(recipientsOf));
  return documents.map((document) => erasureType(document, nameOf));
}
