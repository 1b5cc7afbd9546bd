/** Macros on the wire: what the desks have prepared, and how it reads for a case. */
import { z } from 'zod'
import { longestMacro, macroUses } from '../core/macro.ts'
import { At } from './case.ts'
import { refuses, route } from './problem.ts'

export const MacroUse = z.enum(macroUses)

export const MacroForDesk = z.object({
  id: z.string(),
  desk: z.string(),
  use: MacroUse,
  name: z.string(),
  /** With its fields in braces. */
  text: z.string(),
  madeBy: z.string(),
  madeAt: At,
})
export type MacroForDesk = z.infer<typeof MacroForDesk>

export const Macros = z.object({
  macros: z.array(MacroForDesk),
  desks: z.array(z.object({ name: z.string(), title: z.string(), mayWrite: z.boolean() })),
  /** What may stand in braces, with what it is filled with. */
  fields: z.array(z.object({ field: z.string(), says: z.string() })),
  now: At,
})
export type Macros = z.infer<typeof Macros>

export const FilledMacro = z.object({
  id: z.string(),
  use: MacroUse,
  name: z.string(),
  /** As it reads for this case; a field that it has nothing for stands as it is. */
  text: z.string(),
  lacking: z.array(z.string()),
})
export type FilledMacro = z.infer<typeof FilledMacro>

export const listMacros = route
  .route({
    method: 'GET',
    path: '/v1/desk/macros',
    tags: ['Desk'],
    summary: 'Read what the desks have prepared',
  })
  .input(z.object({}).optional())
  .output(Macros)

export const fillMacros = route
  .route({
    method: 'GET',
    path: '/v1/desk/cases/{caseId}/macros',
    tags: ['Desk'],
    summary: 'Read what the desk of a case has prepared, filled for that case',
  })
  .input(z.object({ caseId: z.string() }))
  .output(z.object({ macros: z.array(FilledMacro) }))

const words = {
  use: MacroUse,
  name: z.string().max(100),
  text: z.string().max(longestMacro),
}

const written = route.errors(
  refuses('macro_incomplete', 'macro_known', 'field_unknown', 'not_your_desk'),
)

export const addMacro = written
  .route({
    method: 'POST',
    path: '/v1/desk/macros',
    tags: ['Desk'],
    summary: 'Prepare words for a desk that one staffs',
    description:
      'Braces hold a field, such as {seller}, and nothing else. Words with an unfilled field are never sent, and the reasons of a no are never prepared words alone.',
    successStatus: 201,
  })
  .input(z.object({ desk: z.string(), ...words }))
  .output(z.object({ id: z.string() }))

export const changeMacro = written
  .route({
    method: 'PUT',
    path: '/v1/desk/macros/{macroId}',
    tags: ['Desk'],
    summary: 'Put other words in the place of prepared ones',
  })
  .input(z.object({ macroId: z.string(), ...words }))
  .output(z.object({ id: z.string() }))

export const removeMacro = route
  .errors(refuses('not_your_desk'))
  .route({
    method: 'DELETE',
    path: '/v1/desk/macros/{macroId}',
    tags: ['Desk'],
    summary: 'Take prepared words out of use',
  })
  .input(z.object({ macroId: z.string() }))
  .output(z.object({ id: z.string() }))
