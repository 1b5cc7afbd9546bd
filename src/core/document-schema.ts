/** The JSON Schema of a document that people write, made from the reader's own: what an editor checks and explains meanwhile. */
import { z } from 'zod'

export type JsonSchema = z.core.JSONSchema.JSONSchema

/** What an editor says beyond the shape that the reader knows. A place is its keys in a row; `*` is any name, `#` any entry. */
export interface Explanations {
  /** What the document is called. */
  title: string
  /** The words at each place; `… #` stands for every entry that has none of its own. */
  texts: Readonly<Record<string, string>>
  /** The words beside each name that may be chosen. */
  choices: Readonly<Record<string, string>>
  /** The shape of a place as it is written, where that is another than what the reader makes of it; else null. */
  shapeAt?: (made: JsonSchema, place: readonly string[]) => JsonSchema | null
  /** Which names may not stand at a place. */
  refusedNames?: Readonly<Record<string, JsonSchema>>
  /** What holds at a place besides. */
  closer?: Readonly<Record<string, JsonSchema>>
}

/** Describes a document as it is written, with words to show beside every key and every choice. */
export function describeDocument(reader: z.ZodType, explanations: Explanations): JsonSchema {
  const made = z.toJSONSchema(reader, { io: 'input', target: 'draft-7' })
  const { $schema, ...document } = made
  const { title, texts, choices, shapeAt, refusedNames = {}, closer = {} } = explanations

  const describe = (one: JsonSchema, place: readonly string[]): JsonSchema => {
    const key = place.join(' ')
    const words = texts[key] ?? texts[`… ${place.at(-1)}`]
    return {
      ...(words === undefined ? {} : { description: words }),
      ...(shapeAt?.(one, place) ?? shapeOf(one, place)),
      ...closer[key],
    }
  }
  const within = (one: boolean | JsonSchema, place: string[]): boolean | JsonSchema =>
    typeof one === 'boolean' ? one : describe(one, place)

  const shapeOf = (one: JsonSchema, place: readonly string[]): JsonSchema => {
    if (one.enum !== undefined) return { anyOf: one.enum.map(choice) }
    const shape = { ...one }
    // No limits that anybody wrote, but the largest whole numbers of the language.
    if (shape.maximum === Number.MAX_SAFE_INTEGER) delete shape.maximum
    if (shape.minimum === Number.MIN_SAFE_INTEGER) delete shape.minimum
    const { properties, propertyNames, additionalProperties, items } = shape
    if (properties !== undefined) {
      shape.properties = Object.fromEntries(
        Object.entries(properties).map(([name, value]) => [name, within(value, [...place, name])]),
      )
    }
    if (typeof propertyNames === 'object')
      shape.propertyNames = { ...shapeOf(propertyNames, []), ...refusedNames[place.join(' ')] }
    if (typeof additionalProperties === 'object')
      shape.additionalProperties = within(additionalProperties, [...place, '*'])
    if (typeof items === 'object' && !Array.isArray(items))
      shape.items = within(items, [...place, '#'])
    return shape
  }

  const choice = (value: unknown): JsonSchema => {
    const words = typeof value === 'string' ? choices[value] : undefined
    return {
      const: value as string, // an enumeration of the reader holds texts only
      ...(words === undefined ? {} : { description: words }),
    }
  }

  return { $schema, title, ...describe(document, []) }
}
