/** The tables as PostgreSQL holds them; rows become nouns in the file of each noun. */
import type { Ability, AccountChange } from '../core/ability.ts'
import type { CallState } from '../core/call.ts'
import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { CaseKind, CaseState, Check } from '../core/case.ts'
import type { ClaimProofKind } from '../core/claim-proof.ts'
import type {
  ComplaintFinding,
  ComplaintInCase,
  ComplaintKind,
  ReporterKind,
} from '../core/complaint.ts'
import type { Objection } from '../core/objection.ts'
import type { Opinion, ProvingState } from '../core/proving.ts'
import type { Decider, RestsOn } from '../core/decision.ts'
import type { Evidence, Outcome } from '../core/finding.ts'
import type { KnownGap } from '../core/known-gap.ts'
import type { BodyOutcome, LetterSender, LetterWish } from '../core/letter.ts'
import type { ListingText } from '../core/listing.ts'
import type { MacroUse } from '../core/macro.ts'
import type { Authentication } from '../core/mail.ts'
import type { NoticeBody } from '../core/notice.ts'
import type { ClosingException } from '../core/measure.ts'
import type { OrderSeller, OrderState } from '../core/order.ts'
import type { Jurisdiction, Policy } from '../core/policy.ts'
import type { Procedure } from '../core/procedure.ts'
import type { ReporterMeasureKind } from '../core/misuse.ts'
import type { RingState } from '../core/ring.ts'
import type { SecurityEventKind } from '../core/security-event.ts'
import type { State, Terms } from '../core/state-owed.ts'
import type { Statement } from '../core/statement.ts'
import type { WebhookKind, WebhookState } from '../core/webhook.ts'

/** Written as text by `json()`, read as the value. */
type Json<T> = ColumnType<T, string, string>

export interface Tables {
  sellers: {
    id: string
    name: string | null
    locale: string
    time_zone: string
    language: Generated<string | null>
    chosen_language: Generated<string | null>
    fact_at: Date
    received_at: Date
  }
  contacts: {
    id: string
    seller_id: string
    kind: 'email'
    address: string
    verified_at: Date | null
    removed_at: Date | null
    fact_at: Date
    received_at: Date
  }
  balances: {
    seller_id: string
    currency: string
    /** PostgreSQL gives exact numbers as text. */
    available: ColumnType<string, number, number>
    disputed: ColumnType<string, number, number>
    destinations: ColumnType<
      { id: string; label: string | null; addedAt: string }[],
      string,
      string
    >
    fact_at: Date
    received_at: Date
  }
  orders: {
    id: string
    seller_id: string
    listing_id: string
    reporter_id: string
    at: Date
    state: OrderState
    /** PostgreSQL gives exact numbers as text. */
    amount: ColumnType<string | null, number | null, number | null>
    currency: string | null
    ship_by: Date | null
    sold_by: OrderSeller
    fact_at: Date
    received_at: Date
  }
  security_events: {
    id: string
    seller_id: string
    at: Date
    kind: SecurityEventKind
    device: string | null
    country: string | null
    before: string | null
    after: string | null
    count: number
    received_at: Date
  }
  withholdings: {
    decision_id: string
    seller_id: string
    by_machine: boolean
    method: string
    reason: string
  }
  listings: { id: string; seller_id: string; version: number; fact_at: Date; received_at: Date }
  listing_versions: {
    listing_id: string
    version: number
    seller_id: string
    text: Json<ListingText>
    title: string
    text_key: string
    received_at: Date
    arrival: GeneratedAlways<number>
    size: GeneratedAlways<number>
  }
  waiting_versions: { arrival: number; listing_id: string; version: number }
  screening_batches: {
    id: string
    at: Date
    jurisdiction: Jurisdiction | null
    rescreening_id: string | null
    screened: number
    allowed: number
    review: number
    deactivate: number
    /** A multirange as PostgreSQL writes it. */
    arrivals: string
    digest: string | null
  }
  batch_policies: {
    batch_id: string
    policy: string
    version: number
    review: number
    deactivate: number
  }
  policies: {
    name: string
    version: number
    document: Json<Policy>
    text_key: string
    adopted_at: Date
    jurisdiction: Jurisdiction | null
  }
  policy_levels: {
    id: GeneratedAlways<string>
    policy: string
    level: Policy['level']
    set_by: string
    reason: string
    set_at: Date
  }
  procedures: {
    id: string
    name: string
    source: string
    document: Json<Procedure>
    adopted_at: Date
  }
  adoptions: {
    id: GeneratedAlways<string>
    procedure_id: string
    adopted_at: Date
    adopted_by: string | null
    adopted_by_name: string
    origin: 'file' | 'start' | 'studio'
    reason: string
    accepted_gaps: Json<KnownGap[]>
    moved_cases: number
  }
  findings: {
    id: string
    listing_id: string
    listing_version: number
    seller_id: string
    policy: string
    policy_version: number
    level: Policy['level']
    outcome: 'review' | 'deactivate'
    score: number
    evidence: Json<Evidence[]>
    would_reverse: Json<string[]>
    found_at: Date
    replaced_at: Date | null
  }
  rescreenings: {
    id: string
    policy: string
    version: number
    because: 'version' | 'level'
    started_at: Date
    after_listing: string
    listings: number
    screened: number
    found: number
    acted: number
    asked: number
    lifted: number
    ended_at: Date | null
    is_cut_short: boolean
  }
  trials: {
    id: string
    policy: string
    document: ColumnType<Policy | null, string | null, never>
    against: number | null
    asked_by: string
    asked_by_name: string
    asked_at: Date
    since: Date
    until: Date
    listings: number
    screened: number
    after_received: Date
    after_listing: string
    after_version: number
    state: 'running' | 'done' | 'stopped'
    ended_at: Date | null
  }
  trial_findings: {
    trial_id: string
    listing_id: string
    listing_version: number
    seller_id: string
    outcome: Outcome
    score: number | null
    evidence: Json<Evidence[]>
    outcome_before: Outcome
    score_before: number | null
  }
  decisions: {
    id: string
    number: Generated<number>
    kind: 'impose' | 'narrow' | 'lift' | 'confirm'
    measure: string
    subject_kind: 'listing' | 'account' | 'payouts'
    subject_id: string
    seller_id: string
    listing_id: string | null
    listing_version: number | null
    policy: string
    policy_version: number
    taken_by: Json<Decider>
    taken_at: Date
    notice_at: Date
    effective_at: Date
    terms: ColumnType<Terms | null, string | null, never>
    exception: ClosingException | null
    rests_on: Json<RestsOn[]>
    about: string | null
    reasons: string
  }
  statements: {
    decision_id: string
    seller_id: string
    body: Json<Statement>
    informed_at: Date | null
    stood_still_ms: Generated<number>
    kept_by: Generated<string | null>
  }
  actions: {
    decision_id: string
    subject_kind: 'listing' | 'account' | 'payouts'
    subject_id: string
    seller_id: string
    measure: string
    in_force_from: Date
    ends_at: Date | null
    ended_at: Date | null
    ended_by: string | null
  }
  approvals: { decision_id: string; by_id: string; reasons: string; at: Date }
  subjects: {
    kind: 'listing' | 'account' | 'payouts'
    id: string
    seller_id: string
    sequence: string | number
    state: Json<State>
    because: Json<string[]>
    changed_at: Date
    told_at: Date | null
    seen: JSONColumnType<{ sequence: number; state: State | null }> | null
    seen_at: Date | null
    read_back: 'agrees' | 'not-in-shop' | 'differs' | null
    restoring_since: Date | null
  }
  cases: {
    id: string
    number: number
    kind: CaseKind
    matter: string
    channel: string
    seller_id: string | null
    procedure_id: string
    state: CaseState
    desk: string
    arrived_at: Date
    due_at: Date
    held_by: string | null
    held_until: Date | null
    forwards: number
    asks: number
    ask: ColumnType<unknown, string | null, string | null>
    pending: ColumnType<unknown, string | null, string | null>
    stood_still_ms: number
    reopened_at: Date | null
    second_look: boolean
    overdue_since: Date | null
    decided_by: Json<string[]>
    opened_at: Date
    decided_at: Date | null
    closed_at: Date | null
    contest_by: Date | null
    joined_to: string | null
    check: ColumnType<Check | null, string | null, string | null>
    complaint: ColumnType<ComplaintInCase | null, string | null, string | null>
    repair: ColumnType<unknown, string | null, string | null>
  }
  reporters: {
    id: string
    kind: ReporterKind
    name: string | null
    address: string | null
    is_known: boolean
    first_at: Date
  }
  thresholds_met: {
    id: string
    seller_id: string
    threshold: string
    met_at: Date
    over_at: Date | null
    sums: Json<Record<string, unknown>>
    case_id: string | null
  }
  threshold_measures: {
    decision_id: string
    seller_id: string
    threshold: Json<unknown>
    rules: Json<unknown>
    computed_at: Date
  }
  complaints: {
    id: string
    number: number
    case_id: string
    told_id: string | null
    at: Date
    received_at: Date
    seller_id: string
    listing_id: string | null
    order_id: string | null
    reporter_id: string
    kind: ComplaintKind
    text: string
    same_key: string
    traces: ColumnType<unknown, string, never>
    finding: ComplaintFinding | null
    words: string | null
    found_by: string | null
    found_at: Date | null
    contested_text: string | null
    contested_at: Date | null
    is_unfounded: Generated<boolean>
    set_aside_by: string | null
  }
  reporter_measures: {
    id: string
    reporter_id: string
    complaint_id: string
    complaint_number: number
    kind: ReporterMeasureKind
    taken_by: string
    taken_by_name: string
    taken_at: Date
    until: Date | null
    reasons: string
    factors: ColumnType<unknown, string, never>
    lifted_by: string | null
    lifted_by_name: string | null
    lifted_at: Date | null
    lifted_reasons: string | null
  }
  seller_traces: {
    seller_id: string
    created_at: Date | null
    categories: Json<string[]>
    devices: Json<string[]>
    ip_prefixes: Json<string[]>
    payment_hashes: Json<string[]>
    address_hashes: Json<string[]>
    told_at: Date
  }
  weighing_calls: { id: Generated<number> }
  weighings: {
    number: number
    engine: string
    weights: Json<Record<string, number>>
    weighed_at: Date
    complaints: number
    counting: number
    rings: number
    took_ms: number
  }
  complaint_scores: {
    complaint_id: string
    weighing: number
    credibility: number
    counts: boolean
    ring_id: string | null
    reasons: ColumnType<unknown, string, never>
  }
  rings: {
    id: string
    number: Generated<number>
    follows: string | null
    state: RingState
    version: number
    found_at: Date
    weighing: number
    report: ColumnType<unknown, string, string>
    pruned: ColumnType<unknown, string, string>
    remainder: ColumnType<unknown, string | null, string | null>
    is_remainder_due: boolean
    decided_by: string | null
    decided_by_name: string | null
    decided_at: Date | null
    reasons: string | null
    outcome: ColumnType<unknown, string | null, string | null>
  }
  ring_findings: {
    ring_id: string
    complaint_id: string
    is_of_ring: boolean
    found_at: Date
  }
  claims: {
    id: string
    number: number
    account: string
    address: string
    code_hash: string
    seller_id: string | null
    linked_by: string | null
    linked_at: Date | null
    opened_at: Date
  }
  claim_cases: { case_id: string; claim_id: string }
  provings: {
    claim_id: string
    state: Generated<ProvingState>
    frozen_until: Date | null
    proved_at: Date | null
    told_at: Date | null
    contested_at: Date | null
    hand_over_at: Date | null
    handed_over_at: Date | null
    probation_until: Date | null
    look: Generated<number>
    bound_at: Date | null
  }
  first_signs: {
    id: string
    claim_id: string
    at: Date
    by_id: string
    reasons: string
    said_at: Date
  }
  claim_proofs: {
    claim_id: string
    kind: ClaimProofKind
    at: Date
    by_id: string | null
    said: string | null
    applied_at: Date | null
  }
  claim_opinions: {
    id: string
    claim_id: string
    look: number
    by_id: string
    is_head: boolean
    says: Opinion['says']
    identity: Opinion['identity']
    reasons: string
    at: Date
    applied_at: Date | null
    fell_at: Date | null
  }
  claim_objections: {
    claim_id: string
    contact_id: string
    at: Date
    is_heard: boolean
    applied_at: Date | null
  }
  claim_letters: {
    id: string
    claim_id: string
    purpose: 'proof' | 'binding'
    made_at: Date
    until: Date
    used_at: Date | null
  }
  letter_requests: { claim_id: string; asked_at: Date; sent_at: Date | null }
  payout_requests: { claim_id: string; asked_at: Date }
  standstills: {
    id: string
    seller_id: string
    claim_id: string
    began_at: Date
    carried_to: Date
    ended_at: Date | null
    is_freeze: boolean
    decision_id: string | null
  }
  claim_orders: {
    id: string
    claim_id: string
    seller_id: string
    ability: Ability
    detail: Json<{ address?: string; since?: string; changes?: string[]; because?: string[] }>
    made_at: Date
    done_at: Date | null
    is_unable: boolean
  }
  account_changes: {
    claim_id: string
    id: string
    seller_id: string
    at: Date
    kind: AccountChange['kind']
    subject_id: string | null
    before: string | null
    after: string | null
    revertible: boolean
    state: 'there' | 'asked' | 'returned' | 'refused'
    detail: string | null
  }
  sign_in_floors: { address: string; since: Date }
  link_floors: { seller_id: string; since: Date }
  objections: {
    id: string
    case_id: string
    seller_id: string | null
    position: number
    decision_id: string
    measure: string
    track: 'dispute' | 'remedy'
    text: string
    remedy: ColumnType<Objection['remedy'], string | null, string | null>
    exhibits: ColumnType<Objection['exhibits'], string, string>
    outcome: Objection['outcome']
    answer: string | null
    answered_by: string | null
    answered_at: Date | null
  }
  calls: {
    id: string
    case_id: string
    seller_id: string
    starts_at: Date
    ends_at: Date
    seat: number
    number: string
    state: CallState
    said: string | null
    by_id: string | null
    booked_at: Date
    ended_at: Date | null
  }
  notes: {
    id: string
    case_id: string
    by_id: string
    at: Date
    text: string | null
    taken_back_at: Date | null
  }
  macros: {
    id: string
    desk: string
    use: MacroUse
    name: string
    text: string
    made_by: string
    made_at: Date
    replaces: string | null
    ended_by: string | null
    ended_at: Date | null
  }
  presences: { person_id: string; case_id: string; seen_at: Date; is_writing: boolean }
  files: {
    id: string
    /** Null for a message, and for what it brought, while nobody knows whose it is. */
    seller_id: string | null
    case_id: string | null
    name: string
    media_type: string
    size: number
    sha256: string
    bytes: Buffer
    received_at: Date
    scanned_by: Generated<string | null>
    kept_from_seller: Generated<boolean>
  }
  letters: {
    id: string
    case_id: string
    seller_id: string
    sender_kind: LetterSender
    sender_name: string
    answer_to: string
    reference: string | null
    written_on: string | null
    received_on: string
    received_at: Date
    recorded_at: Date
    recorded_by: string
    text: string
    shows_authority: boolean
    seller_hears: boolean
    wants: LetterWish | null
    due_at: Date | null
    overdue_since: Date | null
    met_at: Date | null
    met_by: string | null
    outcome: BodyOutcome | null
    outcome_text: string | null
    outcome_on: string | null
    follows: boolean | null
    outcome_by: string | null
    outcome_at: Date | null
  }
  notices: {
    id: string
    seller_id: string | null
    kind: string
    decision_id: string | null
    case_id: string | null
    address: string | null
    subject: string
    body: Json<NoticeBody>
    state: 'held' | 'queued' | 'waiting' | 'sent' | 'cancelled'
    created_at: Date
    attempted_at: Date | null
    sent_at: Date | null
    last_error: string | null
    in_reply_to: string | null
    place: Generated<number | null>
  }
  mails: {
    id: string
    number: Generated<number>
    key: string
    raw_file_id: string
    door: 'smtp' | 'hook'
    envelope_from: string
    client_ip: string | null
    helo: string | null
    arrived_at: Date
    state: 'arrived' | 'filed' | 'held' | 'settled' | 'undelivered' | 'kept'
    attempts: Generated<number>
    from_address: string | null
    subject: string | null
    message_id: string | null
    words: string | null
    authentication: Json<Authentication> | null
    file_ids: ColumnType<string[], string | undefined, string>
    left_in: ColumnType<string[], string | undefined, string>
    seller_id: string | null
    case_id: string | null
    notice_id: string | null
    held_because: string | null
    due_at: Date | null
    overdue_since: Date | null
    settled_by: string | null
    settled_at: Date | null
    settlement: string | null
  }
  mail_entries: {
    mail_id: string
    recipient: string
    channel: string | null
    tag: string
    at: Date
    joined_at: Date | null
  }
  sendings: {
    notice_id: string
    address: string
    accepted_at: Date | null
    bounced_at: Date | null
    diagnosis: string | null
    tried_at: Date
    tries: Generated<number>
    next_at: Date | null
    is_member: Generated<boolean>
  }
  events: {
    id: GeneratedAlways<string>
    at: Date
    kind: string
    seller_id: string | null
    case_id: string | null
    decision_id: string | null
    by: string | null
    detail: Json<Record<string, unknown>>
  }
  clocks: { kind: string; ref: string; due_at: Date }
  deliveries: {
    kind: 'notice' | 'state' | 'webhook' | 'sessions' | 'order'
    ref: string
    due_at: Date
    attempts: Generated<number>
    last_error: string | null
    line: Generated<string | null>
    place: Generated<number | null>
  }
  webhooks: {
    id: string
    name: string
    url: string
    kinds: Json<WebhookKind[]>
    events: string[]
    is_on: boolean
    secret_number: number
    secret_made_at: Date
    made_at: Date
    made_by: string
    removed_at: Date | null
  }
  webhook_deliveries: {
    id: string
    webhook_id: string
    event_id: string | null
    kind: string
    body: string
    state: WebhookState
    attempts: Generated<number>
    made_at: Date
    attempted_at: Date | null
    delivered_at: Date | null
    next_at: Date | null
    last_status: number | null
    last_error: string | null
  }
  idempotency_keys: {
    caller: string
    key: string
    request_key: string
    answer: ColumnType<unknown, string | null, string | null>
    created_at: Date
  }
  marketplace_keys: {
    id: string
    name: string
    key_hash: string
    created_at: Date
    revoked_at: Date | null
  }
  staff: {
    id: string
    email: string
    name: string
    roles: Json<string[]>
    desks: Json<string[]>
    added_at: Date
    removed_at: Date | null
    signed_in_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  }
  members: {
    id: string
    seller_id: string
    email: string
    name: string
    role: 'staff' | 'representative'
    decisions: string[] | null
    cases: string[] | null
    may_write: boolean
    until: Date | null
    hears: Generated<boolean>
    added_at: Date
    removed_at: Date | null
  }
  passkeys: {
    id: string
    address: string
    credential_id: string
    public_key: Buffer
    sign_count: number
    transports: Json<string[]>
    name: string
    added_at: Date
    last_used_at: Date | null
  }
  authenticators: {
    address: string
    secret: string
    last_step: number
    added_at: Date
    last_used_at: Date | null
  }
  saved_codes: { address: string; code_hash: string; made_at: Date; used_at: Date | null }
  used_tokens: { kind: string; token_hash: string; expires_at: Date }
  alarms: {
    id: string
    raised_at: Date
    clocks: number
    since: Date
    notice_id: string
    told_at: Date
    ended_at: Date | null
  }
  time_moves: { id: GeneratedAlways<number>; moved_at: Date; ahead_ms: number }
  dev_mails: {
    id: GeneratedAlways<string>
    at: Date
    address: string
    subject: string
    text: string
    html: string
    reply_to: string | null
    attached_name: Generated<string | null>
    attached: ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>
  }
}
