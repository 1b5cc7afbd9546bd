/** A refusal is an expected no: a stable name, said in one place in words for people. */
import type { DocumentError } from './document.ts'
import type { KnownGap } from './known-gap.ts'

export const refusals = {
  not_found: { status: 404, words: 'There is nothing here, or it is not yours to see.' },
  not_signed_in: { status: 401, words: 'Sign in first, or open the link in our mail.' },
  not_allowed: { status: 403, words: 'Your role does not allow this.' },
  proof_needed: {
    status: 403,
    words: 'This changes who can come in, so show first that it is you. Nothing has changed yet.',
  },
  code_wrong: {
    status: 422,
    words:
      'This code is not the right one. Codes of the app change every half minute; a saved code works once.',
  },
  code_needed: {
    status: 401,
    words: 'One step is left: the code of your authenticator app, or a saved code.',
  },
  passkey_refused: {
    status: 422,
    words: 'This passkey was not accepted. Try again, or sign in with a link to your mailbox.',
  },
  passkeys_off: {
    status: 409,
    words:
      'Passkeys work only where these pages have a name for an address, such as https://recourse.example, and not a number.',
  },
  factor_exists: {
    status: 409,
    words: 'There is an authenticator app already. Remove it first, then set up the new one.',
  },
  too_many_factors: {
    status: 409,
    words: 'There are twenty passkeys already. Remove one that you no longer use.',
  },
  hand_over_refused: {
    status: 401,
    words:
      'The shop’s word for you was not accepted. Go back to the shop and try again from there, or sign in with a link to your mailbox.',
  },
  single_sign_on_refused: {
    status: 401,
    words:
      'Your organisation’s sign-in did not open anything here. Try again, and ask an administrator if it stays so.',
  },
  link_expired: {
    status: 410,
    words: 'This link is no longer valid. Sign in with your e-mail address; your matter is there.',
  },
  link_invalid: {
    status: 401,
    words: 'This link is not one of ours, or a part of it is missing. Open it again from the mail.',
  },
  wrong_state: {
    status: 409,
    words:
      'This was possible before, but the matter has moved on. Load it again to see where it is.',
  },
  held_by_another: { status: 409, words: 'A colleague holds this case at the moment.' },
  not_your_case: { status: 409, words: 'Take the case first; then you can decide it.' },
  forwards_spent: {
    status: 409,
    words: 'This case was forwarded as often as the procedure allows. Decide it here.',
  },
  not_a_forward: { status: 422, words: 'The procedure does not let this desk forward there.' },
  asks_spent: {
    status: 409,
    words: 'The seller was asked as often as the procedure allows. Decide on what there is.',
  },
  question_missing: { status: 422, words: 'Say what you want to know, in words of your own.' },
  nothing_waiting: { status: 404, words: 'Nothing waits at your desks that you may take.' },
  no_new_facts: {
    status: 409,
    words:
      'A decided case opens once more when there is something that nobody had seen: a new file, or a changed listing. Add it first.',
  },
  reopened_before: {
    status: 409,
    words: 'This case was opened again once. A dispute body or a court can still look at it.',
  },
  not_your_desk: { status: 403, words: 'This case is at a desk that you do not staff.' },
  not_your_kind: {
    status: 403,
    words: 'Who owns an account is decided by identity specialists, and they decide nothing else.',
  },
  own_measure: {
    status: 403,
    words: 'You took this measure, so somebody else decides its appeal.',
  },
  own_policy: {
    status: 403,
    words: 'You wrote the rule behind this measure, so somebody else decides its appeal.',
  },
  decided_before: {
    status: 403,
    words: 'You decided this before. A second look is taken by somebody who has not.',
  },
  machine_may_not_deny: { status: 403, words: 'A machine may say yes to a seller, never no.' },
  power_not_at_desk: { status: 403, words: 'This desk does not have that power.' },
  ring_changed: {
    status: 409,
    words:
      'More has come about this ring since you opened it. Look at it as it is now, then decide.',
  },
  not_of_ring: { status: 422, words: 'This reporter is not one of the ring.' },
  ring_decided: { status: 409, words: 'Somebody has decided on this ring already.' },
  misuse_not_shown: {
    status: 409,
    words: 'What this reporter sent does not allow it.',
  },
  period_too_long: {
    status: 422,
    words: 'Say for how many days, and no more than the first, second or third time allows.',
  },
  reporter_measure_over: {
    status: 409,
    words: 'This was lifted already, or was decided at another complaint.',
  },
  reasons_missing: {
    status: 422,
    words: 'Reasons are missing. Write a sentence or two of your own.',
  },
  words_missing: {
    status: 422,
    words: 'Say what was found in words for whoever complained. They read this and nothing else.',
  },
  place_unknown: {
    status: 422,
    words:
      'We do not find this in the shop. Copy the address of the page, or write the name of the seller as the shop shows it.',
  },
  complaint_incomplete: {
    status: 422,
    words: 'Say what is wrong, where, and an e-mail address at which you can read the answer.',
  },
  complaint_not_opened: {
    status: 404,
    words:
      'No complaint opens with this number and code. Look at both again: neither runs out, and nothing is lost.',
  },
  complaint_not_confirmed: {
    status: 409,
    words:
      'A measure can lean on a complaint once a person has confirmed it, and only on its own seller and listing.',
  },
  ring_not_theirs: {
    status: 409,
    words:
      'A measure can lean on a ring once a person has confirmed it, and only against the account behind it.',
  },
  not_to_the_seller: {
    status: 409,
    words:
      'Somebody complains here, and the seller would read who. Open it as a complaint about the seller instead.',
  },
  note_missing: { status: 422, words: 'A note needs a word or two for your colleagues.' },
  note_stays: {
    status: 409,
    words:
      'Who wrote a note can take it back for a minute. From here it stays; write another that sets it right.',
  },
  macro_incomplete: { status: 422, words: 'Prepared words need a name, and the words.' },
  macro_known: {
    status: 409,
    words: 'This desk has prepared words under this name already. Change those, or choose another.',
  },
  field_unknown: {
    status: 422,
    words: 'Something in braces is no field, so nothing would ever fill it.',
  },
  field_unfilled: {
    status: 422,
    words: 'A field in braces was never filled. Write in its place what is so, and send it then.',
  },
  prepared_words_only: {
    status: 422,
    words:
      'These reasons are prepared words and nothing else. A seller who is told no reads why in their own case: add what you saw and how it weighs.',
  },
  nothing_to_lift: {
    status: 409,
    words: 'Nothing is contested in this case, so there is nothing to lift. It wants an answer.',
  },
  no_sender: { status: 409, words: 'Nobody sent this, so there is nobody to answer.' },
  not_in_bulk: {
    status: 409,
    words:
      'This is looked at one case at a time: a yes may give an account away, or take something from a seller.',
  },
  answers_missing: { status: 422, words: 'Every objection of the appeal needs an answer.' },
  nothing_narrower: {
    status: 422,
    words: 'This measure has no narrower form. Lift it, or say why it stands.',
  },
  nothing_to_contest: {
    status: 409,
    words: 'Nothing in this case stands that can still be contested.',
  },
  window_closed: { status: 409, words: 'The time in which this could be contested has ended.' },
  already_appealed: {
    status: 409,
    words: 'This decision is already being contested. Your open case has its number and dates.',
  },
  decision_not_contestable: {
    status: 409,
    words: 'This decision took nothing from you, so there is nothing to appeal.',
  },
  no_way_in: {
    status: 409,
    words:
      'The procedure in force has no route for this measure by this door. Try the other one: the button when signed in, or the link in our mail.',
  },
  objection_missing: { status: 422, words: 'An appeal names at least one decision.' },
  exhibit_not_asked: {
    status: 422,
    words:
      'The statement asks for no such evidence, or it is named twice. Show it under a name that stands there, once, or as a file.',
  },
  text_missing: {
    status: 422,
    words: 'Say in your own words what is wrong, or what you have fixed.',
  },
  remedy_incomplete: {
    status: 422,
    words: 'Say what led to it, what you corrected, and how you prevent it.',
  },
  statement_incomplete: {
    status: 422,
    words: 'A measure needs a complete statement of reasons. Something is missing from this one.',
  },
  not_to_withhold: {
    status: 422,
    words:
      'Only how a suspicion of fraud was detected may be withheld, and only with a lock. Everything else is told.',
  },
  withholding_incomplete: {
    status: 422,
    words: 'To withhold how it was detected, say how, and why. Colleagues and auditors read both.',
  },
  withheld_is_told: {
    status: 422,
    words: 'Your reasons tell what you want to withhold. The seller reads your reasons.',
  },
  measure_in_force: { status: 409, words: 'This measure is already in force here.' },
  end_missing: {
    status: 422,
    words: 'Money is held until a date. Say until when, at most a year ahead.',
  },
  amount_missing: {
    status: 422,
    words: 'Say how much is held: an amount above zero and at most what is there to pay out.',
  },
  balance_unknown: {
    status: 409,
    words: 'The marketplace has not told us this seller’s balance, so there is no amount to hold.',
  },
  no_exception: {
    status: 409,
    words: 'This closing names no exception, so it takes effect 30 days after its statement.',
  },
  second_person_needed: {
    status: 403,
    words: 'You took this decision. That it takes effect at once is for somebody else to agree to.',
  },
  not_in_force: { status: 409, words: 'This measure is no longer in force.' },
  undo_too_late: {
    status: 409,
    words:
      'A minute has passed and the seller has been told. From here a colleague can lift it on the seller’s appeal.',
  },
  account_shut: {
    status: 403,
    words:
      'Sign-in to this account is shut. Open the link in our mail, or use the recovery page: neither needs you to sign in.',
  },
  sign_in_instead: {
    status: 403,
    words: 'Sign-in to the account is open, so a link does not show all of it. Sign in to see it.',
  },
  account_secured: {
    status: 403,
    words:
      'This account was secured because a stranger may be in it, and may read its mailbox too. By link there are only the decision, your appeal and its case.',
  },
  link_of_other_matter: {
    status: 403,
    words:
      'This link opens another matter. The link in the notice of what keeps the account shut opens this.',
  },
  not_yours_to_undo: { status: 403, words: 'Only the person who took a decision can undo it.' },
  duration_invalid: {
    status: 422,
    words: 'The end of a measure lies in the future, at most a year ahead.',
  },
  procedure_unreadable: {
    status: 422,
    words: 'This procedure cannot be read. Each mistake has its line and column.',
  },
  procedure_unsound: {
    status: 422,
    words:
      'This procedure can leave a seller in limbo. Mend its gaps, or accept every one of them by name.',
  },
  policy_unreadable: {
    status: 422,
    words: 'This policy cannot be read. Each mistake has its line and column.',
  },
  policy_for_people: {
    status: 409,
    words: 'This rule has no signals: people alone judge by it, so it stands at “off”.',
  },
  listing_unreadable: {
    status: 422,
    words: 'This listing cannot be read. What is wrong with it stands beside each field.',
  },
  claim_incomplete: {
    status: 422,
    words: 'Say which account it is, what happened, and an e-mail address that you can read now.',
  },
  claim_not_opened: {
    status: 404,
    words:
      'No claim opens with this number and code. Look at both again: neither runs out, and nothing is lost.',
  },
  proof_not_taken: {
    status: 422,
    words:
      'This did not prove it. Nothing is lost, and it counts against nobody: look at it again, or choose another way.',
  },
  proof_given: { status: 409, words: 'This kind of proof was given. One of another kind counts.' },
  proofs_missing: {
    status: 409,
    words:
      'Two kinds of proof are needed before anybody can say yes. Until then there is only a no, or a question.',
  },
  document_needed: {
    status: 409,
    words:
      'Somebody known objected, or nobody known could be told: look at papers first, and record it as a proof.',
  },
  identity_not_seen: {
    status: 422,
    words: 'A yes here means that you looked yourself at who claims it, and that it matches.',
  },
  both_parts: {
    status: 403,
    words: 'You said what you think of this claim. The other part is for somebody else.',
  },
  head_decides: {
    status: 403,
    words: 'Two specialists differ, so the head of identity has the third word.',
  },
  handled_before: {
    status: 403,
    words: 'You worked on an earlier claim on this account, so others decide this one.',
  },
  two_decide: {
    status: 409,
    words:
      'A claim on an account is decided by two specialists, each without seeing what the other thinks. Say what you think of it.',
  },
  seller_unknown: {
    status: 409,
    words: 'Nobody knows yet whose account this claim is about. Link it with a seller first.',
  },
  claim_on_account: {
    status: 409,
    words:
      'Somebody has proved in part that this account is theirs. Who owns it is decided in that claim, and nothing opens it before.',
  },
  first_sign_later: {
    status: 422,
    words:
      'The first sign cannot be later than what is known already. Name an earlier time, or leave it.',
  },
  link_used: { status: 410, words: 'This link was used. It works once.' },
  file_too_large: {
    status: 413,
    words: 'This file is larger than 10 MB. Make it smaller, or send it in parts.',
  },
  file_type_refused: {
    status: 415,
    words:
      'We take photos (JPEG, PNG, WebP, GIF, HEIC) and PDF. What is inside this file is something else.',
  },
  file_empty: { status: 422, words: 'This file is empty.' },
  file_address_expired: {
    status: 410,
    words: 'This address was good for some minutes only. Open the file again from its case.',
  },
  too_many_files: { status: 422, words: 'A case takes up to 20 files.' },
  key_reused: {
    status: 409,
    words: 'This Idempotency-Key was used before with a different request. Use a new key.',
  },
  key_in_use: {
    status: 409,
    words: 'The first request with this Idempotency-Key is still running. Ask again in a moment.',
  },
  seller_mismatch: { status: 409, words: 'This listing belongs to another seller.' },
  event_ahead: { status: 422, words: 'What happened cannot be later than now.' },
  event_told_otherwise: {
    status: 409,
    words:
      'An event of this id was told before and said something else. What happened does not change.',
  },
  webhook_address_refused: {
    status: 422,
    words: 'A webhook is an https:// address in the public network.',
  },
  webhook_incomplete: {
    status: 422,
    words: 'A webhook has a name, and at least one kind of event to hear of.',
  },
  too_many_webhooks: {
    status: 422,
    words: 'There are 20 webhooks, which is as many as there may be. Remove one first.',
  },
  person_known: {
    status: 409,
    words: 'Somebody with this address works here already. Change what they do instead.',
  },
  person_incomplete: { status: 422, words: 'A person has a name, and at least one role.' },
  address_of_seller: {
    status: 409,
    words: 'This address acts for a seller, so it cannot decide here as well. Use another one.',
  },
  desk_not_for_role: {
    status: 422,
    words: 'At one of these desks there is nothing that these roles work on.',
  },
  own_roles: {
    status: 403,
    words: 'Nobody gives themselves roles or desks. Another administrator can.',
  },
  last_administrator: {
    status: 409,
    words: 'This is the last administrator. Make somebody else one first.',
  },
  own_factors: {
    status: 403,
    words: 'What lets you in yourself is on your page “Sign-in and security”.',
  },
  acting_ended: {
    status: 403,
    words:
      'You no longer act for this seller: your time has ended, or its owner removed you. What you wrote stays in its cases.',
  },
  reads_only: {
    status: 403,
    words: 'You were let in to read. The owner of the account can let you write, too.',
  },
  named_matters_only: {
    status: 403,
    words:
      'You were let in for named matters, and this is none of them. Write in their cases, or ask the owner for more.',
  },
  member_known: {
    status: 409,
    words: 'Somebody with this address is on your list already. Change what they may do instead.',
  },
  member_is_owner: {
    status: 409,
    words:
      'This address is an owner’s, as the shop told us. Owners are added and removed in the shop’s account.',
  },
  member_incomplete: { status: 422, words: 'Say what this person is called.' },
  member_end_invalid: {
    status: 422,
    words: 'A representative has an end date: in the future, and at most a year ahead.',
  },
  matters_missing: {
    status: 422,
    words: 'Choose the matters that they act in, or let them act in all of them.',
  },
  address_of_marketplace: {
    status: 409,
    words: 'This address cannot act for a seller. Use another one.',
  },
  own_part: { status: 403, words: 'Nobody gives themselves more than they were given.' },
  too_many_members: {
    status: 422,
    words: 'Fifty people act for you, which is as many as there may be. Remove one first.',
  },
  removal_reason_missing: { status: 422, words: 'Say why this person is removed.' },
  invalid_request: { status: 400, words: 'A part of this request cannot be read.' },
  unsupported_media: { status: 415, words: 'Send application/json or application/x-ndjson.' },
  too_large: { status: 413, words: 'This is larger than we take.' },
  rate_limited: {
    status: 429,
    words: 'Too many requests in a short time. Nothing is lost; try again in a moment.',
  },
  no_calls: {
    status: 409,
    words: 'Nobody calls at this moment. Write to us instead; a person answers.',
  },
  number_missing: {
    status: 422,
    words: 'A number to call is missing, with its country, such as +351 912 345 678.',
  },
  slot_taken: {
    status: 409,
    words:
      'Somebody else has just taken this time. Choose another; your number and words are kept.',
  },
  call_booked: {
    status: 409,
    words: 'There is a call booked for you already. Cancel it first, if another time is better.',
  },
  call_ahead: { status: 409, words: 'The time of this call has not come yet.' },
  said_missing: { status: 422, words: 'Say what was said; it stands in the case afterwards.' },
  too_far_ahead: {
    status: 422,
    words:
      'The demo’s clock goes at most five years ahead of the real one. `npm start -- --fresh` begins anew.',
  },
  mail_too_large: { status: 413, words: 'A message is larger than 20 MB. Send it in parts.' },
  mail_without_address: {
    status: 422,
    words: 'None of the addresses of this message is one at which mail is taken here.',
  },
  mail_off: {
    status: 409,
    words: 'No mail is taken here: RECOURSE_MAIL_DOMAIN names no domain for it.',
  },
  letter_dates_wrong: {
    status: 422,
    words:
      'A letter is received today or before, at most a year ago; it was written before that, and what it asks for is due after it.',
  },
  letter_nobodys: {
    status: 422,
    words: 'Say whom or what the letter is about: a case, a decision or a seller.',
  },
  takes_no_letters: {
    status: 409,
    words: 'This case takes no letters. Choose the seller, and the letter gets a case of its own.',
  },
  letter_answered: { status: 409, words: 'This letter asks for nothing that is still open.' },
  bundle_not_made: {
    status: 409,
    words:
      'Download the file of the case for this sender first, so that it is known what they got.',
  },
  not_a_body: {
    status: 409,
    words:
      'Only what a dispute settlement body decided is recorded here, once, about a decision that is open in this case.',
  },
  nothing_due: { status: 409, words: 'No clock is running, so there is no next deadline.' },
  development_only: { status: 404, words: 'This exists only in the demo on this machine.' },
} as const satisfies Record<string, { status: number; words: string }>

export type Refusal = keyof typeof refusals

export interface Refused {
  ok: false
  refusal: Refusal
  /** What exactly, where the general words would leave people guessing. */
  detail?: string
  /** Where a document cannot be read. */
  errors?: readonly Pick<DocumentError, 'line' | 'column' | 'message'>[]
  /** The gaps of a procedure that nobody has accepted. */
  gaps?: readonly KnownGap[]
}

/** Says no with a name; `detail` adds what exactly. */
export function refuse(refusal: Refusal, detail?: string): Refused {
  return detail === undefined ? { ok: false, refusal } : { ok: false, refusal, detail }
}
