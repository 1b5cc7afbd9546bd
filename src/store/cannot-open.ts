/** A data folder or database that cannot be opened; its message is the sentence that a person is told. */
export class CannotOpen extends Error {
  override name = 'CannotOpen'
}
