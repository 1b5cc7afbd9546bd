/** The procedure of a small shop: support, a machine that reads first, and desks for identity. */
export const smallShop = `procedure: small-shop
title: Every seller reaches a person
officer: owner@small-shop.example
promise: { person: P3D, answer: P8D }
limits: { forwards: 2, asks: 2, ask-wait: P14D }
measures:
  listing.deactivate: {}
  account.lock:   { takes: [account] }
  account.secure: { takes: [account], may-take: [mailbox], lift-by-clock: false }
  matter.question: {}
channels:
  button:   { needs: [account] }
  link:     { needs: [mailbox] }
  email:    { needs: [mailbox] }
  contact:  { needs: [account] }
  recovery: { needs: [] }
desks:
  triage:         { staff: machine, may: [grant], within: PT5M, late: performance }
  support:        { staff: people,  may: [answer, ask], within: P1D, late: performance, forward: [performance] }
  performance:    { staff: people,  may: [grant, narrow, deny, answer, ask], within: P2D, late: executive, review: executive }
  identity:       { staff: people,  may: [grant, deny, ask], within: P5D, late: identity-chief, review: identity-chief }
  identity-chief: { staff: people,  may: [grant, narrow, deny], within: P3D, late: narrow }
  executive:      { staff: people,  may: [grant, narrow, deny, answer], within: P3D, late: lift }
routes:
  - { for: [account.secure, account.lock], by: [recovery, link, email], to: identity }
  - { for: [matter.question], by: [contact, email], to: support }
  - { for: ["*"], by: [button, link, email], to: triage }
  - { for: ["*"], by: [contact], to: support }
  - { for: ["*"], by: [recovery], to: identity }
`
