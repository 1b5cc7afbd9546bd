/**
 * Where everything lies in the memory of the fast pass; read by its WebAssembly and by what fills it. A table begins with
 * a header of 32-bit numbers, each the place of a part or a count.
 */

export const CODE_POINTS = 0
/** By a word's hash, what it may be. */
export const WORD_FLAGS = 1
export const WORD_FLAGS_SHIFT = 2
export const PIECE_BITS = 3
export const PIECE_BITS_SHIFT = 4
export const PIECE_LONGEST = 5
/** By four letters, whether words of the vocabulary begin or end so. */
export const QUARTET_FLAGS = 6
export const STAR_TABLE = 7
export const STAR_TABLE_MASK = 8
export const LENGTH_MASKS = 9
export const ANSWER = 10
export const SLOT_COUNT = 11
/** By their hash, two bits each, the first and the last parts of words that may be written in parts. */
export const PART_BITS = 12
export const SIGNALS = 13
export const SIGNAL_COUNT = 14
export const POLICIES = 15
export const POLICY_COUNT = 16
export const NEEDLE_BITS = 17
export const NEEDLE_TABLE = 18
export const NEEDLE_TABLE_MASK = 19
/** For each kind of field one bit: where needles are looked for in all text, and where in words. */
export const NEEDLE_KINDS = 20
export const WORD_NEEDLE_KINDS = 21
export const ANCHOR_COUNT = 22
/** Per set of phrases the signals that are looked at when it stands. */
export const SLOT_USES = 23
/** Anchors by their hash, the mask of that table, and what hangs on each. */
export const ANCHOR_TABLE = 24
export const ANCHOR_TABLE_MASK = 25
export const ANCHOR_POSTINGS = 26
/** As much of a hash is not needed to find a part. */
export const PART_BITS_SHIFT = 27
/** Bits of the lexicon by which the exact engine passes words over, and the highest bit of each: of words and their first parts, of how starred words begin, and of how words do that others may be glued of. */
export const KNOWN_BITS = 28
export const KNOWN_LAST = 29
export const STARRED_HEAD_BITS = 30
export const STARRED_HEAD_LAST = 31
export const PIECE_HEAD_BITS = 32
export const PIECE_HEAD_LAST = 33
/** Two numbers for each pattern: its signal, and bits of the sets of which a needle must stand. */
export const NEEDLE_PATTERNS = 35
export const NEEDLE_PATTERN_COUNT = 36
/**
 * By the halves of two bytes, in four rows of 16, which of eight groups of needles beyond words may begin with them: those
 * of titles, and behind them those of all other fields.
 */
export const NEEDLE_HALVES = 37
/** The letters of the shortest needle that is looked for in words. */
export const SHORTEST_NEEDLE = 39
export const HEADER_WORDS = 40

/** What a worker works in: places relative to its own begin. */
export const BLOOM = 0
export const WORK_ANCHOR_STAMPS = 1
export const WORK_ANCHOR_HITS = 2
export const WORK_SLOT_STAMPS = 3
export const WORK_SIGNAL_STAMPS = 5
export const WORK_POLICY_SUMS = 6
export const WORK_POLICY_STAMPS = 7
export const WORK_POLICY_FIELDS = 8
export const WORK_SPELLED = 9
export const WORK_REACH = 10
export const WORK_PLAIN = 11
export const WORK_INPUT = 12
export const WORK_OUTPUT = 13
export const WORK_CANDIDATES = 14
export const WORK_POLICY_CATEGORIES = 15
export const WORK_SLOT_LIST = 16
/** Words that were met. */
export const WORK_MET = 17
export const WORK_PATTERN_STAMPS = 19
export const WORK_PATTERN_SETS = 20
/** Behind the last of what is stamped. */
export const WORK_STAMPS_END = 21
/** Anchors that wait for another word. */
export const WORK_GUARDED = 22
/** What the exact engine is told of one line: its texts, and their words. */
export const WORK_TOLD_TEXTS = 4
export const WORK_TOLD_WORDS = 18
export const WORK_HEADER_WORDS = 24

/** So many bits of a hash say which word stands in a field. */
export const BLOOM_LOG = 14
/** So many words that were met are remembered, and bytes of each: letters, what it is, its anchor, and what else it may be or, where it is nothing else, its guard. */
export const MET_LOG = 15
export const MET_BYTES = 64
/** Each place has room for two words; of each this of its 32-bit numbers says what it is. */
export const MET_NUMBERS = 8
export const MET_WHAT = 4
/** What else a word may be is remembered where it is one word. */
export const MET_OTHERS = 1
/** So many anchors of a field wait for another word of their phrases; more are looked at without waiting. */
export const GUARDED_ANCHORS = 512
/** Bits of the hash of four letters. */
export const QUARTET_LOG = 14
/** The same for needles. */
export const NEEDLE_LOG = 16
/** From this bit of a needle's length on stands where in it the letters are by which it is found. */
export const NEEDLE_MARK_SHIFT = 16

/** The kinds of fields, as bits. */
export const TITLE = 1
export const DESCRIPTION = 2
export const BULLETS = 4
export const BRAND = 8
export const CATEGORY = 16
export const ATTRIBUTES = 32
/** Of a line that the exact engine must read whole. */
export const WHOLE = 64
/** No field, but told as a text. */
export const ID = 128
/**
 * Fields are told apart by the bits of their kinds, and so many bullets, the first ones, by a bit of their own each from
 * this one on; `BULLETS` stands for the others then.
 */
export const FIRST_BULLET = 256
export const BULLETS_APART = 23

/** What a code point is: nothing at all, a separator, up to three letters, or too much for the fast pass. */
export const NOTHING = 0
export const BREAK = 1
export const SPACE = 2
export const LETTERS = 3
export const HARD = 4

/** Bytes of a candidate: where its line begins and ends, its number, the fields to be read, and where its answer goes. */
export const CANDIDATE_BYTES = 20

/**
 * Numbers of a text that the exact engine is told: the bit of its field, where it begins and ends in the line, whether it
 * stands there as it is read, and from where to where the numbers of its words stand; below 0 where they are not told.
 */
export const TOLD_TEXT_NUMBERS = 6
/** The id, title, description, brand, category, and all bullets. */
export const TOLD_TEXTS = 205
/** Numbers of a word: where it begins and ends, and what it is. */
export const TOLD_WORD_NUMBERS = 3
/**
 * A word is nothing to the exact engine, or was not met lately and may be anything. Else it is told by its place among the
 * words that were met: twice that from here on, and one where the exact engine keeps there what it is.
 */
export const NOT_KNOWN = 0
export const NOT_MET = 1
export const FIRST_MET = 2
/** A line with more words is told no more of them. */
export const TOLD_WORDS = 1 << 14

/** Bytes of a signal: kinds, policy, phrases, groups, four groups, weight. */
export const SIGNAL_BYTES = 40
/** Bytes of a policy: base, threshold, the set of categories that it looks at, whether it needs no word, fields always read. */
export const POLICY_BYTES = 32

/** Bytes that may be read beyond the end of what is given. */
export const PADDING = 64

/** A letter that stands in no policy, for those that look like none. */
export const STRANGE_LETTER = 0x7f

/** What a word may be, by its hash: whether phrases hang on it, or it stands in any. */
export const IS_ANCHOR = 1
export const IS_USED = 2
/**
 * What a word is, as remembered: whether it is glued of a part that ends a word written in parts, is the first or the last
 * part of such a word,
 */
export const IS_GLUED_END = 8192
export const IS_FIRST_PART = 64
export const IS_LAST_PART = 128
/** may be another word beside itself, or more than is remembered, or is a single letter, */
export const IS_OTHER = 256
export const IS_MANY = 512
export const IS_SINGLE = 1024
/** has needles in it that are looked for in titles, or elsewhere, */
export const IS_TITLE_NEEDLE = 16384
export const IS_NEEDLE = 2048
/** is an anchor of which nothing stands unless some other word does, */
export const IS_GUARDED = 4096
/** may be known to the exact engine, if that was asked, */
export const MAY_BE_KNOWN = 1
export const IS_ASKED = 2
/** is kept by it, */
export const IS_KEPT = 4
/** and from this bit on the kinds of fields in which phrases hang on it. */
export const ANCHOR_KINDS_SHIFT = 16

/**
 * What four letters may be, in 32 bits: how long words are that begin with them (4, 5 … 15 letters or more, from the lowest
 * bit), whether a starred word begins so, and how long words are that end with them, from the highest bit.
 */
export const BEGINS_PIECE = 0xfff
export const BEGINS_STARRED = 0x1000
export const ENDS_SHIFT = 16
