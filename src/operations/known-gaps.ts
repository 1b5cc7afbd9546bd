/** Which known gaps a seller must be told of: those of the procedure that an appeal would follow, or that a case follows. */
import { gapsTouching } from '../core/known-gap.ts'
import { sayKnownGaps } from '../core/known-gap-words.ts'
import type { Language } from '../core/language.ts'
import type { Tx } from '../store/db.ts'
import { adoptionOfVersion, latestAdoption, procedureOf } from '../store/procedure.ts'

/** In sentences, for an appeal against this measure filed now. */
export async function knownGapsOfMeasure(
  tx: Tx,
  measure: string,
  language: Language = 'en',
): Promise<string[]> {
  const adoption = await latestAdoption(tx)
  return adoption === null ? [] : saidOf(tx, adoption, { matter: measure, language })
}

/** In sentences, for a case that follows this version. */
export async function knownGapsOfCase(
  tx: Tx,
  { procedureId, matter }: { procedureId: string; matter: string },
): Promise<string[]> {
  const adoption = await adoptionOfVersion(tx, procedureId)
  return adoption === null ? [] : saidOf(tx, adoption, { matter, language: 'en' })
}

async function saidOf(
  tx: Tx,
  {
    procedureId,
    acceptedGaps,
  }: Pick<NonNullable<Awaited<ReturnType<typeof latestAdoption>>>, 'procedureId' | 'acceptedGaps'>,
  { matter, language }: { matter: string; language: Language },
): Promise<string[]> {
  if (acceptedGaps.length === 0) return []
  const procedure = await procedureOf(tx, procedureId)
  return sayKnownGaps(gapsTouching(acceptedGaps, procedure, matter), procedure, language)
}
