/** An exhibit is a piece of evidence that a policy asks for: a number, a photo, a paper. None is ever a condition: an appeal needs no proof. */
import { z } from 'zod'

/** What a policy asks for, in words for the seller. */
export const Exhibit = z.strictObject({
  exhibit: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'a name in kebab-case, such as label-photo'),
  /** What it is called, such as "EPA registration number". */
  title: z.string().min(1).max(80),
  /** Where one finds it and how it looks. */
  says: z.string().min(1).max(300),
  /** `words`: typed, such as a number. `file`: a photo or paper. */
  kind: z.enum(['words', 'file']),
  /** The form that such words have (RE2 syntax, without regard to case); what has another is told apart, never refused. */
  form: z.string().min(1).max(500).optional(),
  /** Words of that form, as an example. */
  like: z.string().min(1).max(80).optional(),
})
export type Exhibit = z.infer<typeof Exhibit>

/** The exhibits of one policy. */
export const Exhibits = z.array(Exhibit).max(8)

/** What a seller shows of an exhibit, with its title of the day. */
export interface Shown {
  exhibit: string
  title: string
  words: string | null
  /** Whether the words have the form that the policy names; null where it names none, or for files. */
  fits: boolean | null
  fileIds: string[]
}
