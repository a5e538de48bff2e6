// What stands behind the links of mails, in Spanish, Italian, Portuguese and Romanian.

import type { LinkWords } from './link-words.ts';

export const es: LinkWords = {
  from: 'De',
  save: 'Guardar',
  until: 'Disponible aquí hasta el {day}.',
  noted: 'El remitente sabrá una vez que se abrió un documento, y cuándo.',
  gone: 'Este enlace no funciona',
  goneWhy: 'Ha caducado, se ha anulado o no está completo. Responda al correo en el que venía.',
  title: {
    reminder: '¿Dejar de recibir recordatorios de pago?',
    statement: '¿Dejar de recibir estados de cuenta?',
  },
  happens:
    'Pulse el botón y {company} no enviará nada más de este tipo a esta dirección. Las facturas seguirán llegando, lo pendiente sigue pendiente y a los demás destinatarios se les escribe como antes. {company} sabrá que usted lo ha detenido.',
  button: 'Detener para {address}',
  since: 'No se envía nada de este tipo a {address} desde el {day}.',
  other: '¿Hay otra persona a la que escribir?',
  otherWhy: 'Indique la dirección. Nada cambia por sí solo: antes la revisa una persona de {company}.',
  field: 'Dirección correcta',
  instead: 'En lugar de',
  tell: 'Comunicar al remitente',
  notices: {
    stopped: 'Hecho. Se ha detenido.',
    noted: 'Gracias. Lo revisará una persona.',
    noted_before: 'Ya se han indicado bastantes direcciones con este enlace. Las revisará una persona.',
    address_not_valid: 'Esto no es una dirección de correo. Ejemplo: anna@example.com.',
  },
  line: {
    reminder: 'No enviar más recordatorios a esta dirección, o indicar otra',
    statement: 'No enviar más estados de cuenta a esta dirección, o indicar otra',
  },
};

export const it: LinkWords = {
  from: 'Da',
  save: 'Salva',
  until: 'Disponibile qui fino al {day}.',
  noted: 'Il mittente viene informato una volta che un documento è stato aperto, e quando.',
  gone: 'Questo link non funziona',
  goneWhy: 'È scaduto, è stato disattivato o non è completo. Risponda all’e-mail in cui si trovava.',
  title: {
    reminder: 'Non ricevere più solleciti di pagamento?',
    statement: 'Non ricevere più estratti conto?',
  },
  happens:
    'Premendo il pulsante, {company} non invierà più nulla di questo tipo a questo indirizzo. Le fatture continuano ad arrivare, quanto è dovuto resta dovuto e agli altri destinatari si scrive come prima. {company} viene a sapere della Sua scelta.',
  button: 'Interrompi per {address}',
  since: 'Dal {day} non si invia più nulla di questo tipo a {address}.',
  other: 'Il destinatario giusto è un’altra persona?',
  otherWhy: 'Indichi l’indirizzo. Nulla cambia da solo: prima lo esamina una persona di {company}.',
  field: 'Indirizzo giusto',
  instead: 'Al posto di',
  tell: 'Comunica al mittente',
  notices: {
    stopped: 'Fatto. L’invio è interrotto.',
    noted: 'Grazie. Una persona lo esaminerà.',
    noted_before: 'Con questo link sono già stati indicati abbastanza indirizzi. Una persona li esaminerà.',
    address_not_valid: 'Questo non è un indirizzo e-mail. Esempio: anna@example.com.',
  },
  line: {
    reminder: 'Non inviare più solleciti a questo indirizzo, o indicarne un altro',
    statement: 'Non inviare più estratti conto a questo indirizzo, o indicarne un altro',
  },
};

export const pt: LinkWords = {
  from: 'De',
  save: 'Guardar',
  until: 'Disponível aqui até {day}.',
  noted: 'O remetente fica a saber uma vez que um documento foi aberto, e quando.',
  gone: 'Esta ligação não funciona',
  goneWhy: 'Expirou, foi anulada ou não está completa. Responda ao e-mail em que vinha.',
  title: {
    reminder: 'Deixar de receber lembretes de pagamento?',
    statement: 'Deixar de receber extratos de conta?',
  },
  happens:
    'Prima o botão e {company} não envia mais nada deste tipo para este endereço. As faturas continuam a chegar, o que está em dívida mantém-se e aos outros destinatários escreve-se como antes. {company} fica a saber da sua escolha.',
  button: 'Parar para {address}',
  since: 'Desde {day} não se envia nada deste tipo para {address}.',
  other: 'O destinatário certo é outra pessoa?',
  otherWhy: 'Indique o endereço. Nada muda por si só: primeiro é visto por uma pessoa em {company}.',
  field: 'Endereço certo',
  instead: 'Em vez de',
  tell: 'Comunicar ao remetente',
  notices: {
    stopped: 'Feito. O envio está parado.',
    noted: 'Obrigado. Uma pessoa irá ver.',
    noted_before: 'Já foram indicados endereços suficientes por esta ligação. Uma pessoa irá vê-los.',
    address_not_valid: 'Isto não é um endereço de e-mail. Exemplo: anna@example.com.',
  },
  line: {
    reminder: 'Não enviar mais lembretes para este endereço, ou indicar outro',
    statement: 'Não enviar mais extratos para este endereço, ou indicar outro',
  },
};

export const ro: LinkWords = {
  from: 'De la',
  save: 'Salvați',
  until: 'Disponibil aici până la {day}.',
  noted: 'Expeditorul află o singură dată că un document a fost deschis și când.',
  gone: 'Acest link nu funcționează',
  goneWhy:
    'A expirat, a fost dezactivat sau nu este complet. Vă rugăm să răspundeți la e-mailul în care se afla.',
  title: {
    reminder: 'Nu mai doriți mementouri de plată?',
    statement: 'Nu mai doriți extrase de cont?',
  },
  happens:
    'Apăsați butonul, iar {company} nu mai trimite nimic de acest fel la această adresă. Facturile vin în continuare, ce este de plată rămâne de plată, iar celorlalți destinatari li se scrie ca înainte. {company} află despre alegerea dumneavoastră.',
  button: 'Opriți pentru {address}',
  since: 'Din {day} nu se mai trimite nimic de acest fel la {address}.',
  other: 'Destinatarul potrivit este altcineva?',
  otherWhy:
    'Indicați adresa. Nimic nu se schimbă de la sine: mai întâi o verifică o persoană de la {company}.',
  field: 'Adresa corectă',
  instead: 'În locul',
  tell: 'Anunțați expeditorul',
  notices: {
    stopped: 'Gata. Trimiterea este oprită.',
    noted: 'Vă mulțumim. O persoană va verifica.',
    noted_before: 'Prin acest link au fost indicate destule adrese. O persoană le va verifica.',
    address_not_valid: 'Aceasta nu este o adresă de e-mail. Exemplu: anna@example.com.',
  },
  line: {
    reminder: 'Nu mai trimiteți mementouri la această adresă, sau indicați alta',
    statement: 'Nu mai trimiteți extrase la această adresă, sau indicați alta',
  },
};
