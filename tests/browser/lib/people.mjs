// Who can log in: those of the local run (examples/local/world/people.rs) with their addresses in
// events/accounts.csv, and some without an account.
const who = (pid, address) => ({ pid, address })

export const KARI = who('01819010001', 'kari.nordmann@example.no')
export const OLA = who('17858420075', 'Ola.Nordmann@Example.NO')
export const BJORN = who('23897130041', 'bjørn.åsen@example.no')
export const KARI_HANSEN = who('04917940067', 'familien.hansen@example.org')
export const GUNNAR = who('30865210074', 'gunnar.moe@example.no')
export const INGRID = who('12839530011', 'ingrid.vik@example.no')
export const AGNIESZKA = who('48888810008', 'agnieszka.kowalska@example.com')
export const SARA = who('06829320183', 'sara.joks@example.no')
export const HEGE = who('33333333333', 'hege.bakke@example.no')
export const STINE = who('44444444444', 'stine.solberg@example.no')
export const EIRIK = who('55555555555', 'eirik.berge@example.no')
export const GURO = who('66666666666', 'guro.tangen@example.no')
export const THOMAS = who('77777777777', 'thomas.haugen@example.com')
/** The account says no name. */
export const NAMELESS = who('88888888888', 'post.utennavn@example.org')
/** A name and a username of one letter. */
export const SHORT = who('99999999999', 'j.w@example.no')
export const NORA = who('29820460160', 'nora.ny@example.no')
/** Nora's too, from before she married. */
export const SIV = who(NORA.pid, 'siv.berg@example.com')

/** Nobody has this number. */
export const STRANGER = who('11111111111', 'en.annen@example.no')
/** As long as addresses get. */
export const LONG = who('22222222222', `${'lang'.repeat(15)}@${'adresse-'.repeat(3)}helseforetak.no`)
