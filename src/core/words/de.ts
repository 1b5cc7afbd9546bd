/** Words to sellers in German: as plain and kind as the English ones, with "Sie". */
import { capital } from '../capital.ts'
import type { CaseKind } from '../case.ts'
import type { ComplaintFinding } from '../complaint.ts'
import type { Words } from './en.ts'
import { say } from './say.ts'

type Kind = 'listing' | 'account' | 'payouts'
interface Subject {
  kind: Kind
  title: string
}
type Fate = 'measure_lifted' | 'measure_narrowed' | 'measure_stands'

/** What a case is called: as it stands alone, and with "Ihr" in the cases that sentences need. */
const nouns: Record<CaseKind, { noun: string; nom: string; acc: string; dat: string }> = {
  appeal: {
    noun: 'Einspruch',
    nom: 'Ihr Einspruch',
    acc: 'Ihren Einspruch',
    dat: 'Ihrem Einspruch',
  },
  question: { noun: 'Frage', nom: 'Ihre Frage', acc: 'Ihre Frage', dat: 'Ihrer Frage' },
  letter: { noun: 'Schreiben', nom: 'Ihr Schreiben', acc: 'Ihr Schreiben', dat: 'Ihrem Schreiben' },
  recovery: { noun: 'Antrag', nom: 'Ihr Antrag', acc: 'Ihren Antrag', dat: 'Ihrem Antrag' },
  complaint: { noun: 'Meldung', nom: 'Ihre Meldung', acc: 'Ihre Meldung', dat: 'Ihrer Meldung' },
  check: { noun: 'Prüfung', nom: 'Ihre Prüfung', acc: 'Ihre Prüfung', dat: 'Ihrer Prüfung' },
  repair: {
    noun: 'Wiedergutmachung',
    nom: 'Ihre Wiedergutmachung',
    acc: 'Ihre Wiedergutmachung',
    dat: 'Ihrer Wiedergutmachung',
  },
}

const nom = ({ kind, title }: Subject): string =>
  ({ listing: say`„${title}“`, account: 'Ihr Konto', payouts: 'Ihre Auszahlungen' })[kind]
const dat = ({ kind, title }: Subject): string =>
  ({ listing: say`„${title}“`, account: 'Ihrem Konto', payouts: 'Ihren Auszahlungen' })[kind]

const findings: Record<ComplaintFinding, string> = {
  confirmed: 'es ist so',
  refuted: 'es ist nicht so',
  undetermined: 'wir konnten es nicht herausfinden',
}

const list = (parts: readonly string[]): string =>
  parts.length <= 1
    ? (parts[0] ?? 'Ihr Anliegen')
    : say`${parts.slice(0, -1).join(', ')} und ${parts.at(-1) ?? ''}`

const small = ['keine', 'eine', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun']
const count = (amount: number): string => small[amount] ?? (amount === 10 ? 'zehn' : String(amount))

/** Behind "nach" and alone: "16 Sekunden", "3 Tage"; the dative plural of days has an n. */
const units = {
  day: ['Tag', 'Tagen'],
  hour: ['Stunde', 'Stunden'],
  minute: ['Minute', 'Minuten'],
  second: ['Sekunde', 'Sekunden'],
} as const

const oldDestinations =
  'Ausgezahlt wird nur auf Konten, die Sie mehr als 30 Tage vorher angegeben haben, damit niemand Ihr Geld umleiten kann.'

const is = {
  'listing.deactivate': 'ist nicht im Verkauf',
  'listing.deactivate.safety': 'ist aus Sicherheitsgründen nicht im Verkauf',
  'listing.demote': 'ist nicht in der Suche',
  'account.warn': 'wurde verwarnt',
  'account.suspend': 'ist ausgesetzt',
  'account.suspend.narrowed': 'kann keine neuen Angebote aufnehmen',
  'account.lock': 'ist gesperrt',
  'account.lock.narrowed': 'lässt keine Anmeldung zu',
  'account.secure': 'ist gesichert',
  'account.secure.narrowed': 'ist gesichert und verkauft',
  'account.close': 'ist geschlossen',
  'account.close.narrowed': 'kann keine neuen Angebote aufnehmen',
  'payout.hold': 'sind einbehalten',
  'payout.hold.narrowed': 'sind zum Teil einbehalten',
  'payout.protect': 'gehen nur an alte Bankkonten',
} as const

const tags = {
  'listing.deactivate': 'Nicht im Verkauf',
  'listing.deactivate.safety': 'Aus Sicherheitsgründen nicht im Verkauf',
  'listing.demote': 'Nicht in der Suche',
  'account.warn': 'Verwarnt',
  'account.suspend': 'Ausgesetzt',
  'account.suspend.narrowed': 'Keine neuen Angebote',
  'account.lock': 'Gesperrt',
  'account.lock.narrowed': 'Anmeldung gesperrt',
  'account.secure': 'Gesichert',
  'account.secure.narrowed': 'Gesichert, verkauft',
  'account.close': 'Geschlossen',
  'account.close.narrowed': 'Keine neuen Angebote',
  'payout.hold': 'Einbehalten',
  'payout.hold.narrowed': 'Zum Teil einbehalten',
  'payout.protect': 'Nur an alte Bankkonten',
} as const

const effects = {
  'listing.deactivate':
    'Das Angebot ist in keinem Land im Verkauf. Bestellungen, die es schon gibt, laufen weiter, und Ihre Auszahlungen bleiben unberührt.',
  'listing.deactivate.safety':
    'Das Angebot ist aus Sicherheitsgründen in keinem Land im Verkauf. Es kommt erst zurück, wenn ein Mensch es entscheidet. Ihre anderen Angebote und Ihre Auszahlungen bleiben unberührt.',
  'listing.demote':
    'Das Angebot ist unter seiner eigenen Adresse weiter im Verkauf, aber Suche und Übersichten zeigen es nicht. Ihre Auszahlungen bleiben unberührt.',
  'account.warn':
    'Ihnen wird nichts genommen: Sie verkaufen wie zuvor. Die Verwarnung steht in Ihrer Akte.',
  'account.suspend':
    'Ihre Angebote sind nicht im Verkauf, und es können keine neuen dazukommen. Sie können sich anmelden, Bestellungen, die es schon gibt, laufen weiter, und Ihre Auszahlungen bleiben unberührt.',
  'account.suspend.narrowed':
    'Es können keine neuen Angebote dazukommen. Was Sie haben, ist im Verkauf wie zuvor, und Ihre Auszahlungen bleiben unberührt.',
  'account.lock': `Niemand kann sich anmelden, und Ihre Angebote sind nicht im Verkauf. Bestellungen, die es schon gibt, laufen weiter. ${oldDestinations}`,
  'account.lock.narrowed': `Niemand kann sich anmelden. Ihre Angebote sind im Verkauf, und Bestellungen werden verschickt. ${oldDestinations}`,
  'account.secure': `Das Konto wurde für alle geschlossen, um Fremde fernzuhalten; Ihnen wird nichts vorgeworfen. Niemand kann sich anmelden, und Ihre Angebote sind nicht im Verkauf. Bestellungen, die es schon gibt, laufen weiter. ${oldDestinations}`,
  'account.secure.narrowed': `Niemand kann sich anmelden, um Fremde fernzuhalten; Ihnen wird nichts vorgeworfen. Ihre Angebote sind im Verkauf, und Bestellungen werden verschickt. ${oldDestinations}`,
  'account.close':
    'Niemand kann sich anmelden, und Ihre Angebote sind nicht im Verkauf. Bestellungen, die es schon gibt, laufen weiter, und Ihr Geld wird Ihnen ausgezahlt.',
  'account.close.narrowed':
    'Es können keine neuen Angebote dazukommen. Was Sie haben, ist im Verkauf wie zuvor, Sie können sich anmelden, und Ihre Auszahlungen bleiben unberührt.',
  'payout.hold':
    'So viel von Ihrem Geld wird nicht ausgezahlt, solange das gilt. Alles darüber wird ausgezahlt wie zuvor.',
  'payout.hold.narrowed':
    'Nur was Kundinnen und Kunden beanstanden, wird nicht ausgezahlt, solange das gilt. Alles darüber wird ausgezahlt wie zuvor.',
  'payout.protect': `Das Konto wurde gerade seinem Eigentümer zurückgegeben. Es wird nichts einbehalten, und Ihnen wird nichts vorgeworfen. ${oldDestinations}`,
} as const

const exceptions = {
  legal_obligation:
    'Ein Gesetz oder die Anordnung einer Behörde verpflichtet uns, das Konto ohne die 30 Tage zu schließen',
  imperative_reason: 'Ein Gesetz des Mitgliedstaats gibt einen zwingenden Grund, nicht zu warten',
  repeated_infringement:
    'Die Regeln wurden wiederholt verletzt, und jedes Mal wurde darüber entschieden und davon berichtet',
} as const

export const de: Words = {
  saying: {
    locale: 'de-DE',
    moment: ({ weekday, day, month, year, time }) =>
      say`${weekday}, ${day}. ${month}${year === '' ? '' : ` ${year}`}, ${time} Uhr`,
    zone: (zone) => say`Alle Zeiten gelten in der Zeitzone ${zone}.`,
    unreadableTitle: 'ein Angebot ohne lesbaren Titel',
    subject: nom,
    about: dat,
    aboutSome: (about, more) =>
      say` zu ${list(more > 0 ? [...about, say`${more} weiteren`] : about)}`,
    list,
    count,
    length: (amount, unit) => say`${amount} ${units[unit][amount === 1 ? 0 : 1]}`,
    money: (figure, currency) => (currency === null ? figure : say`${figure} ${currency}`),
  },

  measure: {
    is: (measure) => is[measure],
    tag: (measure) => tags[measure],
    effect: (measure) => effects[measure],
    effectOf: (money, effect) => say`${money}. ${effect}`,
    exception: (exception) => say`${exceptions[exception]}.`,
    standingAhead: (subject) => say`${nom(subject)} wird geschlossen`,
    standing: (subject, measure, money) =>
      money === ''
        ? say`${nom(subject)} ${is[measure]}`
        : say`${money} von ${dat(subject)} ${is[measure]}`,
  },

  reasons: {
    scope: 'Jedes Land, in dem der Marktplatz verkauft',
    untilEnd: (at) => say`Bis ${at}; dann endet es von selbst.`,
    untilSafe: 'Bis ein Mensch entscheidet, dass es sicher ist.',
    untilTextPasses: 'Bis der Text der Regel genügt oder ein Mensch die Maßnahme aufhebt.',
    untilLifted: 'Bis ein Mensch die Maßnahme aufhebt.',
    from: (at) => say`Ab ${at}; bis dahin ändert sich nichts.`,
    exceptionAsked: (why) =>
      say`Wir haben eine Ausnahme beantragt (${why}): Stimmt ein zweiter Mensch zu, gilt es sofort, und wir schreiben Ihnen.`,
    quoted: (text) => say`„${text}“`,
    inHundred: (share) => say`${share} von 100`,
    over99: 'über 99 von 100',
    under1: 'unter 1 von 100',
    matched: (rule, matches, score, threshold) =>
      say`Eine Regel hat Ihr Angebot als Fall von „${rule}“ gelesen. Sie fand ${matches} und kam auf ${score}; ${threshold}.`,
    sawInAccount: (rule, seen, score, threshold) =>
      say`Was in Ihrem Konto geschah, wurde unter der Regel „${rule}“ gelesen. Gesehen wurden ${seen}. Das kam auf ${score}; ${threshold}. Es ist über das Geschehene gesagt und nicht über Sie.`,
    mayAct: (score) => say`ab ${score} darf sie von selbst handeln`,
    personOnly: 'nur ein Mensch darf daraufhin handeln',
    frozenByClaim:
      'Jemand beansprucht dieses Konto auf der Seite zur Wiederherstellung und hat es zum Teil bewiesen. Bis es entschieden ist, kann sich niemand anmelden, damit niemand darin etwas ändert, zu Recht oder zu Unrecht.',
    protectedAfterClaim:
      'Das Konto wurde eben seinem Eigentümer übergeben. Eine Woche lang gehen Auszahlungen nur an Bankkonten, die lange vorher genannt waren, damit niemand Geld bekommt, der irrtümlich hineingelassen wurde.',
    frozenByMachine:
      'Eine Software hat es sofort getan, weil ein Beweis vorgelegt wurde. Wem das Konto gehört, entscheiden zwei Menschen.',
    foundByCheck: 'Gefunden hat es unsere eigene Prüfung des Angebots; niemand hat sich beschwert.',
    foundInAccount:
      'Gefunden hat es unsere eigene Prüfung dessen, was in Konten geschieht; niemand hat sich beschwert.',
    foundBySoftware: 'Eine Software von uns hat darauf hingewiesen; niemand hat sich beschwert.',
    foundByPerson: 'Gefunden hat es ein Mensch von uns.',
    foundByRing:
      'Software von uns hat Beschwerden über andere zusammengestellt, die wie von einer Hand aussehen, und ein Mensch ist ihnen nachgegangen.',
    foundByThreshold:
      'Software von uns zählt, was gegen ein Konto steht, und hat gesehen, dass eine geschriebene Schwelle erreicht ist.',
    foundByComplaint: 'Eine Beschwerde hat darauf hingewiesen; von wem, sagen wir nicht.',
    decidedByMachine: 'Entschieden hat allein die Software. Kein Mensch hatte es gesehen.',
    decidedByPerson: (name) => say`Entschieden hat ein Mensch: ${name}.`,
    decidedByClock:
      'Die Maßnahme wurde von selbst gemildert, weil wir Ihren Einspruch nicht rechtzeitig beantwortet haben.',
    sayItIsWrong:
      'Sagen Sie uns, dass die Regel hier falsch liegt. Für einen Einspruch brauchen Sie keinen Beweis, und es entscheidet ein Mensch, der weder die Maßnahme ergriffen noch die Regel geschrieben hat.',
    withheld:
      'Wie wir darauf aufmerksam wurden, sagen wir nicht, weil es anderen zeigen würde, wie man unbemerkt bleibt. Mehr behalten wir nicht für uns. Das Gesetz verpflichtet uns zu sagen, was wir gefunden haben, unter welcher Regel und ob Software beteiligt war, so genau wie vernünftigerweise möglich (DSA Art. 17 Abs. 3 und 4); zur Methode verpflichtet es uns nicht. Wer über Ihren Einspruch entscheidet, sieht die ganze Methode, und auch wer uns prüft.',
  },

  own: {
    late: () => 'Niemand hat rechtzeitig geantwortet, und unsere Zeit geht nicht auf Ihre Kosten.',
    textPasses: (version) => say`Der neue Text, Fassung ${version}, genügt der Regel.`,
    textPassesRule: (version, rule) =>
      say`Der neue Text, Fassung ${version}, genügt der Regel „${rule}“.`,
    findsNothing: (rule, version) =>
      say`Die Regel „${rule}“, Fassung ${version}, findet in diesem Text nichts.`,
    wouldNotAct: (rule, version) =>
      say`Die Regel „${rule}“, Fassung ${version}, würde bei diesem Text nicht von selbst handeln.`,
    heldForSafety: (said) =>
      say`Eine Beschwerde sagt, dass dies unsicher ist, mit diesen Worten: „${said}“ Das hat noch niemand geprüft. Ein Mensch sieht es sich innerhalb von Stunden an, und bis dahin ist es nicht im Verkauf.`,
    followsBody: (who, text) =>
      say`${who} hat entschieden, und wir folgen dem. In eigenen Worten: ${text}`,
    ofRing: () =>
      say`Zusammen mit anderen Beschwerden angesehen, kommt sie von Leuten, die gemeinsam handeln. Sie zählt nicht gegen Sie.`,
    ringFell: () =>
      say`Sie beruhte auf Beschwerden, von denen ein Mensch bei uns festgestellt hat, dass sie von Leuten kommen, die gemeinsam handeln. Ohne diese bleibt nichts, was sie trägt.`,
    thresholdFell: () =>
      'Etwas, worauf dies beruhte, ist weggefallen. Die geschriebene Schwelle wurde ohne das neu berechnet und ist nicht mehr erreicht.',
  },

  health: {
    met: (threshold) => say`Die geschriebene Schwelle „${threshold}“ ist erreicht.`,
    needs: (parts) => say`Sie verlangt ${list(parts)}.`,
    points: (points) => say`${points} Punkte`,
    share: (percent) => say`Beschwerden zu sicher ${percent} % der Bestellungen`,
    sources: (sources) => say`${sources} voneinander unabhängige Quellen`,
    decisions: (decisions) => say`${decisions} Entscheidungen, hinter denen ein Mensch steht`,
    found: (parts) => say`Es sind ${list(parts)}.`,
    decisionsThat: (numbers) => say`Entscheidungen, die zählen: ${list(numbers)}.`,
    complaintsThat: (numbers, orders, days) =>
      say`Beschwerden, die zählen, aus den letzten ${days} Tagen mit ${orders} Bestellungen: ${list(numbers)}.`,
    again:
      'Wird davon etwas zurückgenommen, wird sofort neu gerechnet, und was darauf beruht, wird aufgehoben, wenn die Schwelle nicht mehr erreicht ist.',
    askedSubject: 'Es gibt mehr Beschwerden als üblich. Was sagen Sie dazu?',
    askedOpening: (complaints, orders, days) =>
      say`In den letzten ${days} Tagen zählen ${complaints} Beschwerden bei ${orders} Bestellungen. Das ist mehr als üblich, also sagen wir es Ihnen und fragen, woran es liegt.`,
    askedWhat: 'Worum es geht',
    askedNext: 'Was daraus folgt',
    askedNothing:
      'Von selbst nichts. Es wurde keine Maßnahme getroffen, und keine Maschine trifft eine, weil ein Konto so oder so dasteht. Geht es so weiter, sieht ein Mensch es sich an, mit dem, was Sie uns gesagt haben.',
    askedTell: 'Wie Sie uns Ihre Seite sagen',
    askedHow:
      'Auf Ihrer Seite zeigt „Account health“ jede Beschwerde, die zählt. Schreiben Sie uns über „Talk to a person“. Stimmt eine davon nicht, sagen Sie es: Sie zählt nicht mehr, sobald ein Mensch gesehen hat, dass Sie recht haben.',
    askedLink: 'Sehen, wie Ihr Konto dasteht',
  },

  complaint: {
    kind: (kind) =>
      ({
        unsafe: 'es sei unsicher',
        'not-as-described': 'es sei nicht wie beschrieben',
        counterfeit: 'es sei gefälscht',
        rights: 'es verletze ein Recht',
        'never-arrived': 'es sei nie angekommen',
        other: 'wegen etwas anderem',
      })[kind],
    asked: {
      subject: (desk, number, day) =>
        say`${desk} fragt Sie zur Beschwerde ${number}. Dafür ist Zeit bis ${day}`,
      opening: (by, desk, title, what) =>
        say`Jemand beschwert sich über „${title}“, ${what}. ${by} von ${desk} prüft das und fragt Sie, bevor etwas entschieden wird.`,
      substance: 'Was gesagt wird',
      withheld: 'Wer das sagt, sagen wir nicht, und auch nichts, woran man es erkennen könnte.',
      notWaited:
        'Weil jemand in Gefahr sein könnte, warten wir mit dem Handeln nicht auf Ihre Antwort. Wir lesen sie, wann immer sie kommt, und Schweigen wird Ihnen nie zur Last gelegt.',
    },
    found: {
      subject: (number, finding) => say`Beschwerde ${number}: ${findings[finding]}`,
      opening: (by, desk, title, finding) =>
        say`${by} von ${desk} hat die Beschwerde über „${title}“ geprüft: ${findings[finding]}.`,
      next: (finding) =>
        finding === 'confirmed'
          ? 'Folgt daraus eine Maßnahme, so kommt sie mit einer eigenen Begründung und einem eigenen Einspruch.'
          : 'Ihnen wird nichts vorgeworfen. Was angehalten war, solange wir prüften, kommt jetzt zurück.',
      link: (number) => say`Beschwerde ${number} ansehen`,
    },
  },

  redress: {
    channels: {
      button: 'Der Knopf für den Einspruch auf der Seite dieser Entscheidung, oder die API',
      link: 'Der Link in dieser Nachricht, ohne Anmeldung',
      recovery: 'Die Seite /recovery dieser Website, ohne Anmeldung und ohne dieses Postfach',
    },
    words: (months, hasButton, desk) =>
      say`Sie können innerhalb von ${months} Monaten, nachdem Sie diese Nachricht erreicht hat, Einspruch einlegen, ${hasButton ? 'mit dem Knopf auf ihrer Seite oder mit dem Link in der Mail' : 'mit dem Link in der Mail, ohne Anmeldung'}. Das kostet nichts und berührt nichts anderes, was Ihnen gehört. Es entscheidet: ${desk}. Bleibt eine Maßnahme bestehen, kann ein anderes Team noch einmal prüfen.`,
    outside:
      'Außerhalb des Marktplatzes können Sie jederzeit eine zugelassene Streitbeilegungsstelle (DSA Art. 21) oder ein Gericht anrufen.',
    officer: (address) => say`die verantwortliche Person des Marktplatzes, ${address}`,
    officerDesk: 'Die verantwortliche Person des Marktplatzes',
    writeToOfficer: (officer, months) =>
      say`Sie können innerhalb von ${months} Monaten, nachdem Sie diese Nachricht erreicht hat, schreiben an: ${officer}.`,
    letterToOfficer: (officer) => say`Ein Brief oder eine Mail an: ${officer}`,
  },

  knownGap: {
    opening: (gap) => say`Bekannte Lücke in unserem Verfahren: ${gap}`,
    noWayIn: (without) => say`Gegen diese Maßnahme gibt es ${without} keinen Weg zu uns.`,
    without: (lost) =>
      ({
        both: 'ohne Konto und ohne Postfach',
        none: 'auch mit Konto und Postfach',
        account: 'ohne Konto',
        mailbox: 'ohne Postfach',
      })[lost],
    and: ' und ',
    or: ' oder ',
    notCovered:
      'Gegen diese Maßnahme führen weder der Knopf noch der Link zu einem Team; schreiben Sie der verantwortlichen Person.',
    noPerson: (doors) =>
      say`Über ${doors} erreicht ein Fall zu dieser Maßnahme nie einen Menschen, der entscheiden darf.`,
    limbo: (desk) =>
      say`${desk} hat keine Frist oder keine Folge, also kann ein Fall dort ohne Ende liegen.`,
    loop: (desks) => say`Ein Fall kann ohne Ende herumgereicht werden zwischen: ${desks}.`,
    unsafeLift: (doors) =>
      say`Über ${doors} kann diese Maßnahme durch bloße Verspätung enden, obwohl das nur ein Mensch entscheiden soll.`,
    machineDenies: (desk) => say`${desk}: Hier darf eine Maschine nein sagen.`,
    deadEnd: (desk) => say`${desk} darf einen Fall weder entscheiden noch weitergeben.`,
    hollowSecondLook: (desk) =>
      say`Was ${desk} entscheidet, wird dort noch einmal geprüft, wo kein Mensch entscheiden darf.`,
    noSecondLook: (desk) => say`Was ${desk} ablehnt, prüft niemand noch einmal.`,
    promisePerson: (doors) =>
      say`Über ${doors} kann es länger dauern als versprochen, bis ein Mensch den Fall hat, der entscheiden darf.`,
    promiseAnswer: (doors) =>
      say`Über ${doors} kann die letzte Antwort länger dauern als versprochen.`,
  },

  statement: {
    title: (standing, rule, byMachine) =>
      say`${capital(standing)}, ${byMachine ? say`weil eine Regel darin einen Fall von „${rule}“ gelesen hat` : say`weil ein Mensch nach „${rule}“ so entschieden hat`}.`,
    version: (rule, version) => say`${rule}, Fassung ${version}`,
    happened: 'Was geschehen ist',
    rule: 'Die Regel im Wortlaut',
    howLong: 'Wie lange und wo',
    who: 'Wer es gefunden und wer entschieden hat',
    withheld: 'Was hier nicht steht, und warum',
    reverse: 'Was die Entscheidung ändern würde',
    helps: 'Was am meisten hilft, es zu zeigen',
    contest: 'Wie Sie sich wehren können',
    facts: {
      measure: 'Maßnahme',
      where: 'Wo',
      duration: 'Wie lange',
      ground: 'Grundlage',
      found: 'Gefunden und entschieden',
      record: 'Akte',
    },
    record: (number, version) =>
      version === null
        ? say`Entscheidung ${number}`
        : say`Entscheidung ${number}, zu Fassung ${version} des Angebots`,
    inShort: 'Die Entscheidung in Kürze',
    judgedText: 'Der Text, wie er beurteilt wurde',
    judgedMarked: 'Der Text, wie er beurteilt wurde («diese Wörter» wurden gefunden)',
    opening: (number) =>
      say`Das ist Entscheidung ${number}: was geschehen ist, warum, und der Weg zurück.`,
    linkMatched: 'Mit den gefundenen Wörtern lesen oder Einspruch einlegen',
    link: 'Ganz lesen oder Einspruch einlegen',
    document: (number) => say`Begründung ${number}`,
    documentFor: (marketplace, number, seller) =>
      say`${marketplace}, Begründung ${number}, für ${seller}`,
    taken: (at, zone) => say`Entschieden: ${at} (${zone}).`,
    attached: (number) => say`Die Begründung ${number} hängt als PDF an, mit denselben Worten.`,
    notShown:
      'Einige Zeichen des Textes lassen sich in diesem Dokument nicht darstellen und stehen als □. In der Mail und auf der Seite sind sie alle da.',
    cut: 'Der Rest dieses Textes ist zu lang für dieses Dokument. Auf der Seite der Entscheidung steht er ganz.',
    page: (page, of) => say`Seite ${page} von ${of}`,
    fields: {
      title: 'Titel',
      description: 'Beschreibung',
      brand: 'Marke',
      category: 'Kategorie',
    },
    bullet: (number) => say`Punkt ${number}`,
  },

  lifted: {
    subject: (subject) => say`Die Maßnahme zu ${dat(subject)} ist aufgehoben`,
    opening: (subject, number) =>
      say`Die Maßnahme zu ${dat(subject)} (Entscheidung ${number}) ist aufgehoben.`,
    why: 'Warum',
    timeIsUp: 'Die Zeit, für die sie galt, ist abgelaufen, wie es in der Begründung stand.',
    next: 'Wie es weitergeht',
    shopIsTold:
      'Der Shop erfährt es jetzt, und Sie müssen nichts tun. Zeigt er die Änderung nicht innerhalb einer Stunde, schreiben wir Ihnen und bleiben dran.',
    others:
      'Sollte noch eine andere Maßnahme bestehen, steht in deren Begründung, wie Sie sich gegen sie wehren können.',
    link: 'Sehen, wie es steht',
  },

  hastened: {
    subject: (number) => say`Ihr Konto ist ab jetzt geschlossen (Entscheidung ${number})`,
    opening: (by, number, at) =>
      say`Ein zweiter Mensch, ${by}, hat zugestimmt, dass Entscheidung ${number} ab ${at} gilt und nicht erst nach 30 Tagen.`,
    why: 'Warum nicht gewartet wird',
    whatYouCanDo: 'Was Sie tun können',
    right:
      'An Ihrem Recht auf Einspruch ändert sich nichts. Für den Link unten brauchen Sie keine Anmeldung.',
    link: 'Die Entscheidung lesen oder Einspruch einlegen',
  },

  holding: {
    noun: (kind) => nouns[kind].noun,
    whoHasIt: (desk, by) => say`Wer zuständig ist: ${desk}, bis ${by}`,
    itIs: (about) => say`Der Fall gehört${about}.`,
    link: (kind, number) => say`Sehen, wo ${nouns[kind].noun} ${number} ist`,
    open: (kind) => say`${nouns[kind].acc} öffnen`,
    whatYouCanDo: 'Was Sie tun können',
    next: 'Wie es weitergeht',
  },

  lateness: {
    sentence: (then, detail) => say`Hat bis dahin niemand geantwortet: ${then}. ${detail}`,
    handOver: (desk) => say`Der Fall geht von selbst an ${desk}`,
    thenHandOver: (desk, at) =>
      say`Kommt auch von dort keine Antwort, geht er am ${at}, von selbst an ${desk}.`,
    thenWait: (at, wait) => say`Dort ist Zeit bis ${at}. ${wait}`,
    thenEnds: (ends, at) =>
      say`Kommt auch von dort keine Antwort, gilt am ${at}, von selbst: ${ends}.`,
    officer: 'Die verantwortliche Person erfährt davon, und die Frist beginnt von neuem',
    ends: (ends) => say`Von selbst gilt dann: ${ends}`,
    nothingToDo: 'Dafür müssen Sie nichts tun.',
    everyLifted: 'alle Maßnahmen sind aufgehoben',
    everyNarrowed: 'alle Maßnahmen sind gemildert',
    narrowed: 'die Maßnahme ist gemildert',
    lifts: {
      'listing.deactivate': 'das Angebot ist wieder im Verkauf',
      'listing.deactivate.safety': 'das Angebot ist wieder im Verkauf',
      'listing.demote': 'das Angebot ist wieder in der Suche',
      'account.warn': 'die Verwarnung ist aus der Akte genommen',
      'account.suspend': 'das Konto ist wieder frei',
      'account.suspend.narrowed': 'das Konto ist wieder frei',
      'account.lock': 'das Konto ist wieder frei',
      'account.lock.narrowed': 'das Konto ist wieder frei',
      'account.secure': 'das Konto ist wieder frei',
      'account.secure.narrowed': 'das Konto ist wieder frei',
      'account.close': 'die Schließung ist zurückgenommen',
      'account.close.narrowed': 'das Konto ist wieder frei',
      'payout.hold': 'das Geld ist freigegeben',
      'payout.hold.narrowed': 'das Geld ist freigegeben',
      'payout.protect': 'Auszahlungen gehen wieder überallhin',
    },
    narrows: {
      'listing.deactivate': 'das Angebot ist wieder im Verkauf, aber nicht in der Suche',
      'account.suspend': 'alles ist wieder frei, nur neue Angebote nicht',
      'account.close': 'alles ist wieder frei, nur neue Angebote nicht',
      'account.lock': 'die Angebote sind wieder im Verkauf, die Anmeldung bleibt gesperrt',
      'account.secure': 'die Angebote sind wieder im Verkauf, die Anmeldung bleibt gesperrt',
      'payout.hold': 'alles ist freigegeben, was niemand beanstandet',
    },
    waitAppealable: 'Gegen die Maßnahme können Sie inzwischen Einspruch einlegen.',
    waitAsItIs: 'Das Angebot bleibt inzwischen, wie es ist.',
    waitAccount: 'Das Konto bleibt inzwischen, wie es ist.',
    waitAnswer: 'Antworten muss ein Mensch, und der Fall bleibt offen, bis das geschehen ist.',
    waitPerson:
      'Keine Frist darf diesen Fall beenden; er bleibt bei Menschen, bis jemand antwortet.',
  },

  received: {
    subject: (kind, number, desk, by) =>
      say`${nouns[kind].nom} ${number} ist da. ${desk} antwortet bis ${by}`,
    opening: (kind, number, about) =>
      say`${nouns[kind].nom} ${number}${about} ist da, und nichts davon kann verloren gehen.`,
    eachPoint: 'Ein Mensch liest das und antwortet auf jeden Ihrer Punkte.',
    answers: 'Ein Mensch liest das und antwortet.',
    nothingToDo: 'Sie müssen nichts tun. Warten wird Ihnen nie zur Last gelegt.',
  },

  handedOver: {
    subject: (desk, kind, number, by) =>
      say`${nouns[kind].nom} ${number} ist jetzt bei ${desk}. Antwort bis ${by}`,
    late: (from, desk, kind, number) =>
      say`${from} hat nicht rechtzeitig geantwortet, deshalb ist ${nouns[kind].nom} ${number} jetzt bei ${desk}.`,
    secondLook: (desk, kind, number) =>
      say`${desk} prüft noch einmal, was in ${nouns[kind].dat} ${number} bestehen bleibt. Wer schon entschieden hat, ist nicht dabei.`,
    again: (desk, kind, number) =>
      say`${nouns[kind].nom} ${number} ist wieder offen und liegt bei ${desk}.`,
    forward: (by, from, desk, kind, number) =>
      say`${by} von ${from} hat ${nouns[kind].acc} ${number} an ${desk} gegeben.`,
    why: 'Warum',
    promised: (at) => say`Der letzte Tag für Ihre Antwort bleibt, wie er war: ${at}.`,
  },

  turned: {
    subject: (question, isNew, number, desk) =>
      isNew
        ? say`Ihre Frage ${question} ist jetzt ein Einspruch: ${number}, bei ${desk}`
        : say`Ihre Frage ${question} ist jetzt Teil Ihres Einspruchs ${number}, bei ${desk}`,
    opening: (by, question, isNew, number, about) =>
      say`${by} hat Ihre Frage ${question} gelesen und gesehen, dass sie sich gegen eine Maßnahme richtet. Deshalb geht sie als ${isNew ? 'Ihr Einspruch' : 'Teil Ihres Einspruchs'} ${number}${about} weiter. Was Sie geschrieben haben, steht darin, Wort für Wort.`,
    canLift: 'Ein Einspruch geht an Menschen, die die Maßnahme aufheben können.',
    promised: (at) =>
      say`Ihre Frist zählt ab dem Tag, an dem Sie zuerst geschrieben haben: Die letzte Antwort ist bis ${at} versprochen.`,
  },

  call: {
    booked: {
      subject: (at, kind, number) =>
        say`Wir rufen Sie an: ${at}. ${nouns[kind].nom} ${number} ist da`,
      opening: (desk, to, at) => say`Ein Mensch von ${desk} ruft ${to} an: ${at}.`,
      next: 'Sie können den Anruf im Fall absagen. Der Fall geht von selbst weiter, mit oder ohne Anruf.',
    },
    missed: {
      subject: (_at, _kind, number) =>
        say`Wir haben Sie am Telefon nicht erreicht. Wählen Sie eine andere Zeit: ${number}`,
      opening: (_desk, to, at) =>
        say`Wir haben ${to} angerufen, wie für ${at} vereinbart, und Sie nicht erreicht.`,
      next: 'Wählen Sie im Fall eine andere Zeit. Ein Anruf, der Sie nicht erreicht, beendet nichts und wird Ihnen nie zur Last gelegt.',
    },
    lapsed: {
      subject: (_at, _kind, number) =>
        say`Wir haben nicht angerufen, wie wir es versprochen hatten. Wählen Sie eine andere Zeit: ${number}`,
      opening: (_desk, to, at) =>
        say`Wir hatten versprochen, ${to} anzurufen (${at}), und haben es nicht getan. Das ist unser Fehler.`,
      next: 'Wählen Sie im Fall eine andere Zeit. Sonst hat sich dort nichts geändert.',
    },
    heading: (kind, number, desk, by) => say`${nouns[kind].nom} ${number}: ${desk}, bis ${by}`,
  },

  asked: {
    subject: (desk, kind, number, day) =>
      say`${desk} fragt Sie etwas zu ${nouns[kind].dat} ${number}. Dafür ist Zeit bis ${day}`,
    opening: (by, desk, kind, number, about) =>
      say`${by} von ${desk} hat eine Frage zu ${nouns[kind].dat} ${number}${about}.`,
    question: 'Die Frage',
    until: (day) => say`Bis ${day}`,
    standsStill:
      'Unsere Frist steht still, bis Sie geantwortet haben. Tun Sie es nicht, gehen wir mit dem weiter, was da ist; Schweigen wird Ihnen nie zur Last gelegt.',
    link: 'Die Frage beantworten',
  },

  message: {
    subjectAnswer: (kind, number) => say`Die Antwort auf ${nouns[kind].acc} ${number}`,
    subject: (by, kind, number) => say`${by} hat Ihnen zu ${nouns[kind].dat} ${number} geschrieben`,
    openingAnswer: (by, desk, kind, number, about) =>
      say`${by} von ${desk} antwortet auf ${nouns[kind].acc} ${number}${about}.`,
    opening: (by, desk, kind, number, about) =>
      say`${by} von ${desk} hat zu ${nouns[kind].dat} ${number}${about} geschrieben.`,
    answer: 'Die Antwort',
    wrote: 'Die Nachricht',
    next: 'Wie es weitergeht',
    writeAgain: (at) =>
      say`Wenn das nicht war, was Sie brauchen, schreiben Sie bis ${at} noch einmal, und der Fall ist wieder offen. Danach ist er geschlossen, und Sie können jederzeit neu schreiben.`,
    endsNothing: (desk, at) =>
      say`Damit ist nichts zu Ende: ${desk} bleibt zuständig, bis ${at}, wie zuvor.`,
  },

  overdue: {
    subject: (kind, number) =>
      say`${nouns[kind].nom} ${number} war fällig und ist noch nicht beantwortet. Die verantwortliche Person weiß davon`,
    opening: (kind, number, about, since) =>
      say`${nouns[kind].nom} ${number}${about} war fällig am ${since}, und niemand hat geantwortet. Das ist unser Fehler und nicht Ihrer.`,
    who: (desk) => say`Wer zuständig ist: ${desk} und die verantwortliche Person`,
    officer: (at) =>
      say`Die verantwortliche Person des Marktplatzes weiß davon und erfährt es am ${at}, noch einmal, und so weiter, bis ein Mensch geantwortet hat. Keine Frist darf diesen Fall beenden.`,
    counted: 'Er zählt als überfällig, wo alle es sehen können. Sie müssen nichts tun.',
  },

  outcome: {
    over: 'Ihr Einspruch ist zu Ende.',
    result: (fates) => {
      const [only] = fates
      return only !== undefined && fates.length === 1
        ? say`${only.count === 1 ? 'Die Maßnahme' : 'Die Maßnahmen'} ${fateWords(only.fate, only.count)}.`
        : say`${capital(list(fates.map(({ fate, count: amount }) => say`${count(amount)} ${amount === 1 ? 'Maßnahme' : 'Maßnahmen'} ${fateWords(fate, amount)}`)))}.`
    },
    subject: (result, kind, number) => say`${result} Die Antwort auf ${nouns[kind].acc} ${number}`,
    heading: (subject, fate) =>
      say`${nom(subject)}: ${
        {
          measure_lifted: 'die Maßnahme ist aufgehoben',
          measure_narrowed: 'die Maßnahme ist gemildert',
          measure_stands: 'die Maßnahme bleibt bestehen',
          withdrawn: 'zurückgenommen',
        }[fate]
      }`,
    withdrawn: 'Diesen Punkt haben Sie zurückgenommen.',
    answeredBy: (people, points) =>
      say`${list(people)} ${people.length === 1 ? 'antwortet' : 'antworten'} unten auf ${points === 1 ? 'Ihren Punkt' : say`jeden Ihrer ${count(points)} Punkte`}.`,
    reasonsBelow: (points) =>
      points === 1 ? 'Die Gründe stehen unten.' : 'Die Gründe für jeden Punkt stehen unten.',
    secondLook: (desk, until) =>
      say`Sie können ein anderes Team, ${desk}, bitten, noch einmal zu prüfen: ${until === null ? 'sechs Monate lang ab dem Tag, an dem Sie das erreicht' : `bis ${until}`}.`,
    shopIsTold:
      'Der Shop erfährt es jetzt. Wir sehen selbst dort nach und schreiben wieder, wenn wir es gesehen haben.',
    linkSecondLook: 'Die Antwort lesen oder um eine zweite Prüfung bitten',
    link: 'Die Antwort lesen',
  },

  repaired: {
    why: {
      takeover:
        'Während jemand Fremdes Ihr Konto hatte, wurde darüber entschieden. Ein Mensch hat das noch einmal geprüft.',
      ring: 'Entscheidungen über Sie stützten sich auf Beschwerden, die sich als falsch erwiesen haben. Ein Mensch hat das noch einmal geprüft.',
    },
    result: (lifted, narrowed, kept) =>
      say`${capital(
        list([
          ...(lifted > 0
            ? [say`${count(lifted)} ${lifted === 1 ? 'ist' : 'sind'} aufgehoben`]
            : []),
          ...(narrowed > 0
            ? [say`${count(narrowed)} ${narrowed === 1 ? 'ist' : 'sind'} gemildert`]
            : []),
          ...(kept > 0 ? [say`${count(kept)} ${kept === 1 ? 'bleibt' : 'bleiben'} bestehen`] : []),
        ]),
      )}.`,
    subject: (cause, result) =>
      say`${{ takeover: 'Nach der Übergabe', ring: 'Nach falschen Beschwerden' }[cause]}: ${result.charAt(0).toLowerCase()}${result.slice(1).replace(/\.$/, '')}`,
    judgedBy: (people) =>
      say`${list(people)} ${people.length === 1 ? 'sagt' : 'sagen'} unten, warum.`,
    waiting: (amount) =>
      say`${capital(count(amount))} ${amount === 1 ? 'weitere wartet' : 'weitere warten'} noch auf einen Menschen. Sie hören davon, sobald jemand geprüft hat.`,
    heading: (subject, number, fate) =>
      say`${nom(subject)}, ${number}: ${
        {
          measure_lifted: 'aufgehoben',
          measure_narrowed: 'gemildert',
          measure_stands: 'bleibt bestehen',
        }[fate]
      }`,
    lifted: 'Sie steht nicht mehr gegen Sie und sagt nichts über Sie.',
    kept: 'Sie können Einspruch einlegen, als wäre sie neu: sechs Monate lang ab dem Tag, an dem Sie das erreicht, und jemand anderes prüft.',
    open: (number) => say`${number} öffnen`,
    appeal: (number) => say`${number} öffnen oder Einspruch einlegen`,
  },

  restored: {
    after: (length) => say`${length} nach der Entscheidung`,
    how: 'Woher wir das wissen',
    asked: (after) =>
      say`Wir haben den Shop selbst gefragt: Er hat geantwortet, ${after}. Seine Antwort liegt bei der Entscheidung.`,
    offSubject: (subject) => say`Die Maßnahme zu ${dat(subject)} ist aufgehoben`,
    notInShop: (subject) =>
      say`Die Maßnahme zu ${dat(subject)} ist aufgehoben, und der Shop weiß es. Im Moment ist das Angebot nicht im Shop; kommt es wieder, ist es so, wie es sein soll.`,
    heldSubject: (subject) =>
      say`Die Maßnahme zu ${dat(subject)} ist aufgehoben; eine andere besteht noch`,
    held: (subject) =>
      say`Die Maßnahme zu ${dat(subject)}, gegen die Sie sich gewehrt haben, ist aufgehoben. Eine andere hält das Angebot noch aus dem Verkauf; in deren Begründung steht, wie Sie sich wehren können.`,
    hiddenSubject: (subject) => say`${nom(subject)} ist wieder im Verkauf, außerhalb der Suche`,
    hidden: (subject, after) =>
      say`${nom(subject)} wurde unter der eigenen Adresse wieder im Verkauf gesehen, ${after}. Suche und Übersichten zeigen es nicht, solange die mildere Maßnahme gilt.`,
    backSubject: (subject) => say`${nom(subject)} ist wieder im Verkauf`,
    back: (subject, after) =>
      say`${nom(subject)} ist wieder im Verkauf: im Shop gesehen, ${after}.`,
    accountSubject: 'Ihr Konto ist wieder frei',
    account: (after) =>
      say`Ihr Konto ist wieder frei: Der Shop lässt Sie anmelden und verkaufen, gesehen ${after}.`,
    listingsSubject: 'Ihre Angebote sind wieder im Verkauf',
    accountOffSubject: 'Eine Maßnahme zu Ihrem Konto ist aufgehoben',
    accountLeft: (after, { signIn, sell, addListings }) =>
      say`Der Shop zeigt die Änderung, gesehen ${after}. Durch eine geltende Maßnahme noch gesperrt: ${list(
        [
          ...(signIn ? [] : ['die Anmeldung']),
          ...(sell ? [] : ['der Verkauf']),
          ...(addListings ? [] : ['neue Angebote']),
        ],
      )}. In deren Begründung steht, wie Sie sich wehren können.`,
    payoutsSubject: 'Ihre Auszahlungen sind wieder frei',
    payouts: (after) =>
      say`Ihre Auszahlungen sind wieder frei: Der Shop behält nichts ein, gesehen ${after}.`,
    payoutsOffSubject: 'Eine Maßnahme zu Ihren Auszahlungen ist aufgehoben',
    payoutsBound: (after) =>
      say`Der Shop behält nichts ein, gesehen ${after}. Ausgezahlt wird weiter nur auf die Konten, die Sie vorher angegeben haben; in der Begründung dieser Maßnahme steht, wie Sie sich wehren können.`,
    payoutsHeld: (amount, after) =>
      say`Der Shop behält nicht mehr als ${amount} ein, gesehen ${after}. In der Begründung dieser Maßnahme steht, wie Sie sich wehren können.`,
  },

  notYetBack: {
    subject: (subject) =>
      say`${
        {
          listing: say`${nom(subject)} ist noch nicht wieder im Shop`,
          account: 'Ihr Konto ist noch nicht, wie es sein soll',
          payouts: 'Ihre Auszahlungen sind noch nicht, wie sie sein sollen',
        }[subject.kind]
      }, und wir sind dran`,
    opening: (subject, since) =>
      say`Die Entscheidung zu ${dat(subject)} fiel am ${since}. Der Shop zeigt sie noch nicht.`,
    who: 'Wer zuständig ist',
    called:
      'Ein Mensch des Marktplatzes wurde gerufen und wird jede Stunde wieder gerufen, bis der Shop es zeigt.',
    goOn: 'Wir sagen es dem Shop inzwischen weiter. Die Entscheidung gilt; Sie müssen nichts tun und hören von uns, wenn wir es gesehen haben.',
  },

  claimed: {
    subject: (number) =>
      say`Jemand sagt, dass Ihr Konto ihm gehört und dass er nicht hineinkommt (Antrag ${number})`,
    opening: (number, desk, by) =>
      say`Jemand hat uns gesagt, dass Ihr Konto ihm gehört und dass er keinen Zugang hat. Das ist Antrag ${number}, und ein Mensch von ${desk} antwortet bis ${by}.`,
    itWasYou: 'Wenn Sie es waren oder jemand von Ihnen',
    nothingToDo:
      'Hier müssen Sie nichts tun. Die Antwort geht an die Adresse, die angegeben wurde.',
    itWasNot: 'Wenn nicht',
    sayIt:
      'Sagen Sie es uns mit dem Link in dieser Mail. Das dauert einen Moment und braucht keine Anmeldung, und wer entscheidet, liest es zuerst.',
    changesNothing:
      'Ein Antrag allein ändert nichts: Niemand wird hineingelassen, und wer ihn gestellt hat, hat nichts über Ihr Konto erfahren.',
    isHeard:
      'Es wird immer gehört: Nichts wird übergeben, bevor Menschen es gelesen haben, und dann nur an wen seine Papiere ausweisen.',
    shutsAgain:
      'Sagen Sie es in dieser Zeit, wird das Konto sofort wieder für alle geschlossen, bis Menschen neu hingesehen haben.',
    frozenSubject: (number) => say`Ihr Konto ist vorerst geschlossen (Antrag ${number})`,
    frozen: (number, until) =>
      say`Wer Ihr Konto beansprucht (Antrag ${number}), hat zum Teil bewiesen, dass es ihm gehört. Deshalb kann sich bis ${until} niemand anmelden, er nicht und auch sonst niemand. Es verkauft wie zuvor, und Auszahlungen gehen nur an alte Bankkonten.`,
    thawedSubject: (number) => say`Ihr Konto ist wieder offen (Antrag ${number})`,
    thawed: (number) =>
      say`Wer Ihr Konto beansprucht (Antrag ${number}), hat nicht rechtzeitig mehr bewiesen. Deshalb ist das Konto wieder offen. Der Antrag selbst bleibt offen.`,
    provedSubject: (number) =>
      say`Zwei Menschen entscheiden, wem Ihr Konto gehört (Antrag ${number})`,
    proved: (number, notBefore) =>
      say`Wer Ihr Konto beansprucht (Antrag ${number}), hat zwei Arten von Beweis vorgelegt. Jetzt entscheiden zwei Menschen. Es wird nicht vor ${notBefore} übergeben, und bis dahin kann sich niemand anmelden.`,
    handedOverSubject: (number) => say`Ihr Konto wurde übergeben (Antrag ${number})`,
    handedOver: (number, until) =>
      say`Das Konto wurde dem übergeben, der es beansprucht hat (Antrag ${number}). Wenn Sie es nicht waren, können Sie es noch bis ${until} sagen.`,
    whyHeading: 'Warum Sie das lesen',
    why: 'Wir schreiben an jede Adresse, die das Konto jetzt hat oder in den letzten 90 Tagen hatte, damit es niemand im Stillen übernehmen kann.',
    link: 'Das waren wir nicht',
  },

  claimLetter: {
    subject: (number) => say`Beweis für Antrag ${number}: nur wenn es Ihrer ist`,
    opening: (number) =>
      say`Jemand, der nicht in ein Konto kommt, hat es beansprucht (Antrag ${number}) und sagt, dass er dieses Postfach liest.`,
    itWasYou: 'Wenn es Ihr Antrag ist',
    use: 'Öffnen Sie den Link unten, oder tippen Sie den letzten Teil seiner Adresse, die Zeichen nach dem #, auf der Seite Ihres Antrags ein. Sie fragt nach dem Code Ihres Antrags, den nur Sie haben.',
    until: (until) => say`Er zählt einmal, und bis ${until}.`,
    itWasNot: 'Wenn nicht',
    doNothing:
      'Geben Sie ihn niemandem, was auch immer man Ihnen sagt. Wer ihn hat, könnte zeigen, dass dieses Postfach seines ist. In einer anderen Mail von uns steht ein Link, mit dem Sie sagen, dass Sie es nicht waren.',
    link: 'Zeigen, dass ich dieses Postfach lese',
  },

  member: {
    somebody: 'Jemand',
    invited: (name, seller) => say`${name} darf jetzt für ${seller} handeln`,
    changed: (name, seller) => say`Geändert wurde, was ${name} für ${seller} tun darf`,
    removed: (name, seller) => say`${name} handelt nicht mehr für ${seller}`,
    subject: (what, email) => say`${what} (${email})`,
    opening: (what, email, by, at) =>
      say`${what}, mit der Adresse ${email}. Das war ${by}, am ${at}.`,
    may: 'Was erlaubt ist',
    itWasYou: 'Wenn Sie es waren oder jemand von Ihnen',
    removedNothingToDo:
      'Sie müssen nichts tun. Schon der nächste Klick öffnet nichts mehr, und was diese Person geschrieben hat, behält ihren Namen.',
    nothingToDo:
      'Sie müssen nichts tun. Auf der Seite „People who act for you“ stehen alle, und dort können Sie sie sofort entfernen.',
    itWasNot: 'Wenn nicht',
    recovery:
      'Die Seite für verlorene Konten braucht weder das Konto noch das Postfach: Sagen Sie dort, was geschehen ist, und ein Mensch sichert das Konto mit Ihnen.',
    signIn:
      'Können Sie sich noch anmelden, öffnen Sie auch „People who act for you“ und „Sign-in and security“: Was Sie dort entfernen, gilt ab dem nächsten Klick.',
    whyHeading: 'Warum Sie das lesen',
    why: 'Wir schreiben an jede Adresse des Kontos, wenn jemand dafür handeln darf, damit niemand im Stillen hineinkommt.',
    link: 'Das war ich nicht',
    staff:
      'Alles, was auch der Inhaber tut, außer zu bestimmen, wer noch für den Shop handelt, und die ganze Akte mitzunehmen. Ohne Enddatum.',
    representative: (mayWrite, named, until) =>
      say`Eine Vertretung, die ${
        named === null
          ? 'in allen Fällen des Shops'
          : named === 1
            ? 'in einem genannten Fall und sonst nirgends'
            : say`in ${named} genannten Fällen und sonst nirgends`
      } ${mayWrite ? 'liest und schreibt' : 'liest'}, bis ${until}.`,
  },

  invitation: {
    subject: (seller, marketplace) =>
      say`${seller} bittet Sie, bei ${marketplace} für den Shop zu handeln`,
    opening: (by, seller, marketplace) =>
      say`${by} bittet Sie, für ${seller} zu handeln, einen Shop bei ${marketplace}.`,
    may: 'Was Sie tun dürfen',
    how: 'Wie Sie hineinkommen',
    open: (address) =>
      say`Öffnen Sie die Anmeldeseite und geben Sie diese Adresse an: ${address}. Ein Link kommt in dieses Postfach; ein Passwort brauchen Sie nicht.`,
    name: 'Was Sie dort schreiben, trägt Ihren Namen, für den Shop und für den Marktplatz.',
    unknown: 'Wenn Sie nicht wissen, was das ist',
    nothing: 'Tun Sie nichts: Ohne Sie kommt niemand mit Ihrer Adresse hinein.',
    link: 'Die Anmeldeseite öffnen',
  },

  factor: {
    passkeyAdded: (name) => say`Ein Passkey wurde hinzugefügt: ${name}`,
    passkeyRemoved: (name) => say`Ein Passkey wurde entfernt: ${name}`,
    totpSet: 'Eine Authenticator-App wurde eingerichtet',
    totpRemoved: 'Die Authenticator-App wurde entfernt',
    codesMade: 'Zehn neue Reservecodes wurden erstellt, und ältere gelten nicht mehr',
    codeUsed: (left) =>
      say`Ein Reservecode wurde benutzt, und ${left === 1 ? 'einer ist' : say`${left} sind`} übrig`,
    codesWrong: (tries) =>
      say`${tries} falsche Codes wurden nach einem Link aus diesem Postfach versucht`,
    subject: (what, address) => say`${what} (Anmeldung von ${address})`,
    opening: (what, address, at) => say`${what}, für die Anmeldung von ${address}, am ${at}.`,
    itWasYou: 'Wenn Sie es waren oder jemand von Ihnen',
    waitBetween:
      'Sie müssen nichts tun. Warten Sie zwischen zwei Versuchen einen Moment; ein Reservecode geht auch.',
    nothingToDo: 'Sie müssen nichts tun.',
    itWasNot: 'Wenn nicht',
    whyHeading: 'Warum Sie das lesen',
    whySeller:
      'Wir schreiben an jede Adresse des Kontos, wenn sich ein Zugang ändert, damit niemand ihn im Stillen ändern kann.',
    whyYou:
      'Wir schreiben Ihnen, wenn sich einer Ihrer Zugänge ändert, damit niemand ihn im Stillen ändern kann.',
    link: 'Das war ich nicht',
    memberTry:
      'Mit diesen Versuchen kam niemand hinein. Aber wer sie gemacht hat, kann dieses Postfach lesen: Ändern Sie dessen Passwort und sagen Sie es den Inhabern der Konten, für die Sie handeln.',
    memberChange:
      'Sagen Sie es sofort den Inhabern der Konten, für die Sie handeln: Sie können Sie entfernen, und das gilt ab dem nächsten Klick. Können Sie sich noch anmelden, beendet „Sign-in and security“ jede andere Sitzung.',
    sellerRecovery:
      'Die Seite für verlorene Konten braucht weder das Konto noch das Postfach: Sagen Sie dort, was geschehen ist, und ein Mensch sichert das Konto mit Ihnen.',
    sellerTry:
      'Mit diesen Versuchen kam niemand hinein. Aber wer sie gemacht hat, kann dieses Postfach lesen: Ändern Sie zuerst dessen Passwort.',
    sellerChange:
      'Können Sie sich noch anmelden, öffnen Sie auch „Sign-in and security“: Dort enden alle anderen Sitzungen, und Sie entfernen, was nicht Ihres ist.',
    staffTry:
      'Mit diesen Versuchen kam niemand hinein. Aber wer sie gemacht hat, kann dieses Postfach lesen: Ändern Sie dessen Passwort und sagen Sie es der Verwaltung.',
    staffChange:
      'Sagen Sie es sofort der Verwaltung: Sie kann Ihren Zugang sperren, und das gilt ab dem nächsten Klick. Können Sie sich noch anmelden, beendet „Sign-in and security“ jede andere Sitzung.',
  },

  letter: {
    subject: (who) => say`${who} hat uns über Sie geschrieben`,
    opening: (who, as, about) =>
      about === ''
        ? say`${who}, ${as}, hat uns ein Schreiben über Sie geschickt. Was darin steht, lesen Sie hier im Wortlaut.`
        : say`${who}, ${as}, hat uns ein Schreiben${about} geschickt. Was darin steht, lesen Sie hier im Wortlaut.`,
    sender: (kind) =>
      ({
        seller: 'der Händler',
        representative: 'nach eigener Angabe in Ihrem Namen',
        authority: 'eine Behörde',
        body: 'eine Streitbeilegungsstelle',
      })[kind],
    whatItSays: 'Was darin steht',
    next: 'Wie es weitergeht',
    withUs: 'Ein Mensch hier antwortet darauf. Sie müssen nichts tun.',
    inCase: (number) => say`Es liegt bei ${number}, und ein Mensch antwortet darauf.`,
    noAuthority:
      'Eine Vollmacht lag nicht bei. Darum ist es für uns nur eine Nachricht: Für Ihr Konto handeln nur Sie und wen Sie selbst eingelassen haben.',
    open: 'Ansehen, worum es geht',
    signIn: 'Anmeldeseite öffnen',
  },

  filed: {
    subject: (kind, number, desk, by) =>
      say`Ihre Nachricht ist bei ${nouns[kind].noun} ${number}. ${desk} antwortet bis ${by}`,
    opening: (kind, number) =>
      say`Ihre E-Mail liegt bei ${nouns[kind].dat} ${number}, mit jeder Datei, die dabei war.`,
    neverMoves: 'Schreiben verschiebt dieses Datum nie.',
    keptSubject: (kind, number) => say`Ihre Nachricht liegt bei ${nouns[kind].noun} ${number}`,
    keptSubjectStep: (kind, number) =>
      say`Ihre Nachricht liegt bei ${nouns[kind].noun} ${number}. Ein Schritt fehlt noch, wenn noch einmal geprüft werden soll`,
    letterOpening: (kind, number) =>
      say`Ihr Schreiben liegt bei ${nouns[kind].dat} ${number}, mit jeder Seite, die dabei war.`,
    letterKeptOpening: (kind, number) =>
      say`Ihr Schreiben liegt bei ${nouns[kind].dat} ${number}. Entschieden wurde, bevor es kam.`,
    keptOpening: (kind, number) =>
      say`Ihre E-Mail liegt bei ${nouns[kind].dat} ${number}. Entschieden wurde, bevor sie kam.`,
    takesItsCourse:
      'Was entschieden ist, nimmt seinen Lauf. Ist etwas Neues geschehen, öffnen Sie den Fall und sagen Sie es dort.',
    lookAgain: (desk) => say`Wenn ${desk} noch einmal prüfen soll`,
    confirm:
      'Öffnen Sie den Link und bestätigen Sie es. Eine Mail allein genügt dafür nie: Jeder kann eine schreiben, und es gibt eine einzige zweite Prüfung.',
    timeUntil: (at) => say`Dafür ist Zeit bis ${at}.`,
    linkAgain: 'Noch einmal prüfen lassen',
  },

  unreached: {
    subject: (marketplace, seller) => say`${marketplace} kann „${seller}“ nicht erreichen`,
    opening: (seller, since) =>
      say`Wir schreiben „${seller}“ seit ${since}, und keine der hinterlegten Adressen nimmt unsere Mail an.`,
    whyHeading: 'Warum Sie das lesen',
    why: (until) =>
      say`Ihre Adresse gehörte zu diesem Shop bis ${until}. Sie öffnet nichts mehr, und was wir geschrieben haben, steht nicht in dieser Mail.`,
    whatYouCanDo: 'Was Sie tun können',
    putAddress: (marketplace) =>
      say`Ist es Ihr Geschäft, melden Sie sich bei ${marketplace} an und hinterlegen Sie eine Adresse, die Mail annimmt: Alles, was wartet, geht sofort dorthin.`,
    removedByOther: 'Hat jemand anderes Ihre Adresse entfernt, sagen Sie es dem Marktplatz.',
    notYours: 'Ist es nicht mehr Ihr Geschäft, müssen Sie nichts tun.',
    memberSubject: (marketplace, seller) =>
      say`${marketplace} kann „${seller}“ nicht erreichen; Sie handeln für diesen Shop`,
    memberOpening: (seller, at) =>
      say`Wir haben „${seller}“ geschrieben (${at}), und keine der hinterlegten Adressen nimmt unsere Mail an.`,
    memberRead:
      'Melden Sie sich an und lesen Sie, was wartet. Sie handeln für diesen Shop und können antworten, soweit es Ihnen erlaubt wurde.',
    memberTell:
      'Sagen Sie es der Inhaberin oder dem Inhaber: Sobald eine Adresse hinterlegt ist, die Mail annimmt, geht alles, was wartet, sofort dorthin.',
    memberNoTime: 'Bis dahin läuft keine Frist gegen den Shop.',
    memberLink: 'Die Anmeldeseite öffnen',
  },

  mail: {
    footMember: (marketplace) =>
      say`${marketplace}. Sie bekommen das, weil Sie für diesen Shop handeln und von seinen Fällen hören wollten; auf Ihrer Kontoseite endet es. Der Link in dieser Mail bittet Sie, sich anzumelden.`,
    footPage: (marketplace) =>
      say`${marketplace}. Der Link in dieser Mail öffnet eine Seite von uns und enthält nichts: Tippen Sie ihre Adresse von Hand, wenn Sie möchten.`,
    footClaim: (marketplace) =>
      say`${marketplace}. Der Link in dieser Mail spricht für Ihr Konto zu diesem Antrag und öffnet sonst nichts.`,
    footMatter: (marketplace) =>
      say`${marketplace}. Der Link in dieser Mail öffnet Ihr Anliegen ohne Anmeldung; geben Sie ihn nur an Menschen weiter, die für Sie handeln dürfen.`,
  },
}

function fateWords(fate: Fate, amount: number): string {
  const isOne = amount === 1
  return {
    measure_lifted: isOne ? 'ist aufgehoben' : 'sind aufgehoben',
    measure_narrowed: isOne ? 'ist gemildert' : 'sind gemildert',
    measure_stands: isOne ? 'bleibt bestehen' : 'bleiben bestehen',
  }[fate]
}
