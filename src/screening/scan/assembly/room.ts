/** Where the tables and the room to work lie; told once to each instance, since all workers share one memory. */
import * as at from '../layout'

export let tables: usize = 0
let work: usize = 0

export let codePoints: usize = 0
export let wordFlags: usize = 0
export let wordFlagsShift: u64 = 0
export let quartetFlags: usize = 0
export let pieceBits: usize = 0
export let pieceBitsShift: u64 = 0
export let longestPiece: i32 = 0
export let starTable: usize = 0
export let starTableMask: u32 = 0
export let lengthMasks: usize = 0
export let answer: usize = 0
export let slotUses: usize = 0
export let signals: usize = 0
export let policies: usize = 0
export let policyCount: i32 = 0
export let needleBits: usize = 0
export let needleHalves: usize = 0
export let needleTable: usize = 0
export let needleTableMask: u32 = 0
export let needleKinds: u32 = 0
export let wordNeedleKinds: u32 = 0
export let shortestNeedle: i32 = 0
export let needlePatterns: usize = 0

/** The words that were met. */
export let met: usize = 0
export let partBits: usize = 0
export let partBitsShift: u32 = 0
export let anchorTable: usize = 0
export let anchorTableMask: u32 = 0
export let anchorPostings: usize = 0
export let knownBits: usize = 0
export let knownLast: u32 = 0
export let starredHeadBits: usize = 0
export let starredHeadLast: u32 = 0
export let pieceHeadBits: usize = 0
export let pieceHeadLast: u32 = 0

export let bloom: usize = 0
export let anchorStamps: usize = 0
export let anchorHits: usize = 0
export let guardedAnchors: usize = 0
export let slotStamps: usize = 0
export let patternStamps: usize = 0
export let patternSets: usize = 0
export let slotList: usize = 0
export let signalStamps: usize = 0
export let policySums: usize = 0
export let policyStamps: usize = 0
export let policyFields: usize = 0
export let policyCategories: usize = 0
/** Where the stamps end, which begin with those of anchors. */
export let stampsEnd: usize = 0
export let spelled: usize = 0
export let reach: usize = 0
export let plain: usize = 0
export let input: usize = 0
export let output: usize = 0
export let candidates: usize = 0
export let toldTexts: usize = 0
export let toldWords: usize = 0

/** Opens tables and room; both stand in the imported memory. */
export function open(tablesAt: usize, workAt: usize): void {
  tables = tablesAt
  work = workAt
  bloom = room(at.BLOOM)
  anchorStamps = room(at.WORK_ANCHOR_STAMPS)
  anchorHits = room(at.WORK_ANCHOR_HITS)
  guardedAnchors = room(at.WORK_GUARDED)
  slotStamps = room(at.WORK_SLOT_STAMPS)
  patternStamps = room(at.WORK_PATTERN_STAMPS)
  patternSets = room(at.WORK_PATTERN_SETS)
  slotList = room(at.WORK_SLOT_LIST)
  signalStamps = room(at.WORK_SIGNAL_STAMPS)
  policySums = room(at.WORK_POLICY_SUMS)
  policyStamps = room(at.WORK_POLICY_STAMPS)
  policyFields = room(at.WORK_POLICY_FIELDS)
  policyCategories = room(at.WORK_POLICY_CATEGORIES)
  stampsEnd = room(at.WORK_STAMPS_END)
  spelled = room(at.WORK_SPELLED)
  reach = room(at.WORK_REACH)
  plain = room(at.WORK_PLAIN)
  input = room(at.WORK_INPUT)
  output = room(at.WORK_OUTPUT)
  candidates = room(at.WORK_CANDIDATES)
  toldTexts = room(at.WORK_TOLD_TEXTS)
  toldWords = room(at.WORK_TOLD_WORDS)
  codePoints = table(at.CODE_POINTS)
  wordFlags = table(at.WORD_FLAGS)
  wordFlagsShift = number(at.WORD_FLAGS_SHIFT)
  quartetFlags = table(at.QUARTET_FLAGS)
  pieceBits = table(at.PIECE_BITS)
  pieceBitsShift = number(at.PIECE_BITS_SHIFT)
  longestPiece = number(at.PIECE_LONGEST)
  starTable = table(at.STAR_TABLE)
  starTableMask = number(at.STAR_TABLE_MASK)
  lengthMasks = table(at.LENGTH_MASKS)
  met = room(at.WORK_MET)
  answer = table(at.ANSWER)
  slotUses = table(at.SLOT_USES)
  signals = table(at.SIGNALS)
  policies = table(at.POLICIES)
  policyCount = number(at.POLICY_COUNT)
  needleBits = table(at.NEEDLE_BITS)
  needleHalves = table(at.NEEDLE_HALVES)
  needleTable = table(at.NEEDLE_TABLE)
  needleTableMask = number(at.NEEDLE_TABLE_MASK)
  needleKinds = number(at.NEEDLE_KINDS)
  shortestNeedle = number(at.SHORTEST_NEEDLE)
  wordNeedleKinds = number(at.WORD_NEEDLE_KINDS)
  needlePatterns = table(at.NEEDLE_PATTERNS)
  anchorTable = table(at.ANCHOR_TABLE)
  anchorTableMask = number(at.ANCHOR_TABLE_MASK)
  anchorPostings = table(at.ANCHOR_POSTINGS)
  knownBits = table(at.KNOWN_BITS)
  knownLast = number(at.KNOWN_LAST)
  starredHeadBits = table(at.STARRED_HEAD_BITS)
  starredHeadLast = number(at.STARRED_HEAD_LAST)
  pieceHeadBits = table(at.PIECE_HEAD_BITS)
  pieceHeadLast = number(at.PIECE_HEAD_LAST)
  partBits = table(at.PART_BITS)
  partBitsShift = number(at.PART_BITS_SHIFT)
}

function number(index: i32): u32 {
  return load<u32>(tables + ((<usize>index) << 2))
}

function table(index: i32): usize {
  return tables + number(index)
}

function room(index: i32): usize {
  return work + load<u32>(work + ((<usize>index) << 2))
}
