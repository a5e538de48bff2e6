// More turns of phrase, in the manner of `cues`: other words for the same things in the six languages, and the plainest ones in
// Portuguese, Polish and Swedish. Sums and days are no words here: `days` and `amounts` are looked for beside.

import type { Intent } from './intent.ts';

/** What else speaks for each intent, one turn of phrase after the other. */
export const MORE_CUES: Readonly<Record<Intent, string>> = {
  promise: `arrang~ * payment|make * transfer|releas~ * payment|get * paid|get this paid|go out with
    |clear the balance
    |clear * balance|settle * balance|expect * funds|expect the money|money leaves|funds * by|will * make * payment
    |scheduled the|scheduled * for|can settle|can transfer|payment * follows|payment will|will reach you
    |should receive * payment|will be * your account|veranlass~ * zahlung|zahlung * veranlass~|geht * raus
    |geht * an sie|weise * an|weisen * an|anweis~|zahllauf|zahlungslauf|uberweisung * vorgesehen
    |uberweisung * geplant|uberweisung * erfolgt|zahlung * geplant|zahlung * vorgesehen|zahlung * folgt
    |zahlung * kommt|eingeplant|gleichen * aus|begleiche|begleichen * bis|begleichen * zum|begleichen * am
    |begleichen wir|begleichen * rechnung bis|erhalten * betrag|erhalten * zahlung|bekommen * geld
    |bekommen * zahlung
    |bekommen * betrag|restsumme|bezahlen * bis|zahle * am|wird * angewiesen|wird * ausgeglichen
    |wird * gutgeschrieben|campagne de reglement|serez paye~|procederons|regle la somme|regle * demain|partira
    |aurez les fonds|soldons|solderons|en deux fois|en plusieurs fois|recevrez * paiement|recevrez * virement
    |recevrez * reglement|reglement * prevu|paiement * prevu|virement * prevu|allons * regler|paierai|payons * le
    |vous * payer * le|echelonn~|se abonara|recibiran * dinero|recibiran * pago|recibira~ * transferencia
    |remesa de pagos|hare la transferencia|hare * transferencia|liquidaremos|pago sale|pago saldra
    |transferencia saldra|transferencia * sale|abonar * semana|vamos a abonar|abonaremos|en dos plazos|ingresaremos
    |saldra * pago|se pagara|pagaremos|salderemo|riceverete * importo|riceverete * pagamento|riceverete * bonifico
    |bonifico partira|bonifico verra|disporro * bonifico|disporremo|inserita nei pagamenti|in due rate|pagheremo
    |provvederemo|bonifico * previsto|effettuero|effettueremo|maken * over|maak * over|ontvangt * geld
    |ontvangt * betaling|betaalronde|betaalrun|zet de betaling|restant volgt|gaat de betaling|in termijnen|betaal ik
    |zal * worden overgemaakt|zal * worden betaald|zullen * voldoen|voldoen * voor|betaling * ingepland
    |betaling * gepland|pagamento sera|faremos * transferencia|pagarei|zaplacimy|przelew zostanie|uregulujemy
    |zaplace
    |betalar * pa|betalningen kommer|kommer * betala|kommer att betalas`,
  dispute: `does not match|do not match|doesn't match|more than * quoted|not what was * agreed|mistake in|mistake on
    |without their contents|returned the goods|returned * goods|nothing is owed|not deducted|was not applied
    |wrong company|short by|did not place|quality is|calculated wrong~|refuse * invoice|refuse to accept|overcharge~
    |not * finished|not complete~|incomplete|missing * delivery|missing from|were missing|was missing from
    |billed * before|billed * already|not as agreed|not as ordered|credit us|object to|unjustified|unfounded
    |not acceptable|not in order|discrepancy|weicht * ab|falsche menge|kamen leer|nicht abgezogen|nie beauftragt
    |nicht beauftragt|nicht richtig|zuruckgeschickt|kann so nicht|konnen * nicht akzeptier~|nicht akzeptier~
    |fehlen * stuck|es fehlen|fehlt * lieferung|unvollstandig~|zu viel berechnet|zu viel * in rechnung
    |berechnet * geleistet|vereinbart waren|vereinbart war|nicht vereinbart|fehler * rechnung|rechnung * fehler
    |unberechtigt|bestreiten|weisen * rechnung * zuruck|rechnung * zuruckweisen|nicht wie bestellt
    |nicht wie vereinbart|entspricht nicht|falsch berechnet|ne correspond pas|ne correspondent pas|inferieure
    |superieur~ au devis|erreur sur|erreur dans|n'a pas ete appliquee|refusons|il manque|manquait|manquaient
    |jamais commande|pas conforme|deux fois * factur~|facture~ * deux fois|n'a pas ete realise~|abime~|trop cher
    |trop eleve~|surfactur~|litige|no coincide~|hay un error|error en|no se ha aplicado|faltaba~|falta nuestro
    |falta * en la factura|no hemos pedido|llego roto|llegaron rot~|llegaron * defectuos~|rechazamos
    |no esta terminado|demasiado alto|cobrado de mas|no corresponde|no conforme|disconform~|non corrispond~
    |errore in
    |errore nella|c'e un errore|mancava~|non e stato applicato|non e stata consegnata|non sono * corrett~
    |non sono corretti|mai ordinato|non abbiamo ordinato|non conform~|troppo alto|troppo alta|rifiutiamo
    |non e quella
    |komt niet overeen|komen niet overeen|fout op|fout in|niet toegepast|ontbra~|nooit besteld|niet besteld
    |onvoldoende|niet akkoord|maar * geleverd|te hoog|niet volledig|te veel berekend|weiger~ * factuur
    |nao concordamos|danificada|preco esta errado|nie zgadzamy|uszkodzon~|reklamacj~|godkanner inte|skadade
    |felaktig~
    |reklamer~`,
  paid_already: `left our account|was cleared|money was sent|was debited|settled that|settled it
    |you received the payment
    |you received * payment|it is paid|proof of payment|bank slip|payment slip|was settled|were settled
    |has been transferred|was transferred|paid in full|paid * ago|sent the money|sent * payment|transferred on
    |transferred * ago|have * settled|already been|abgebucht|ging * raus|ist beglichen|zahlungsbeleg
    |uberweisung * ausgefuhrt|uberweisung wurde|uberwiesen haben|am * bezahlt|ist bereits|wurde * beglichen
    |haben * beglichen|zahlung wurde|zahlung ist * erfolgt|zahlung ist * raus|zahlung erfolgte|betrag wurde
    |bereits erledigt|haben wir * bezahlt|est parti|debitee~|est soldee|est soldees|virement date|reglee avec
    |l'avons reglee|l'avons payee|avons * paye~|avons * regle~|a ete reglee|a ete payee|a ete effectue~
    |ont ete regle~|facture payee|preuve de paiement|justificatif de paiement|salio de nuestra cuenta|esta liquidada
    |fue transferid~|hemos abonado|transferencia * realizad~|pagamos el|pago realizado|quedo pagad~|addebitat~
    |risulta saldat~|risulta * pagat~|risulta * eseguit~|gia eseguit~|pagamento e partito|abbiamo fatto
    |abbiamo * pagato|ricevuta di pagamento|e stata pagata|e stato pagato|pagata il|saldata il|bonifico * eseguito
    |afgeschreven|is * gedaan|hebben wij * voldaan|hebben wij * betaald|is * voldaan|is * betaald|is verstuurd
    |betaalbewijs|op * betaald|werd * overgemaakt|is * overgemaakt|ja pagamos|transferencia foi|zostala juz
    |przelew wyslalismy|juz zaplac~|redan betalat|betalades`,
  remittance: `made up as follows|what our payment|is for the invoices|for the invoices below
    |invoices * paid with|paid with it
    |settled invoices attached|paid invoices|includes the invoices|transfer * includes|payment of today
    |our payment covers|details of our payment|details of * payment|folgende belege|folgende rechnungen
    |setzt sich * zusammen|bezahlten rechnungen|beglichenen rechnungen|zahlungsdetails|avis zu|betrifft folgende
    |zahlung betrifft|uberweisung betrifft|concerne les factures|factures reglees|factures payees|detail de notre
    |detail de votre|detail de ce|incluye las facturas|facturas pagadas|desglose|detalle de nuestro
    |corresponde a las facturas|comprende le fatture|fatture pagate|fatture saldate|riguarda le fatture
    |omvat de * facturen|betaalde facturen|betalingsspecificatie|betreft de * facturen|aviso de pagamento
    |specyfikacja|betalningsavi~`,
  copy_request: `may * have * invoice|let * have * invoice|forward * invoice|forward * attachment
    |invoice * once more|invoice * pdf|original of * invoice
    |rechnung * pdf|rechnung * nochmal|rechnung * erneut|rechnung * zukommen|rechnung * ubersenden
    |liegt * rechnung * nicht vor|anhang * noch einmal
    |facture * pdf|facture * parvenir|releve des factures|factura * pdf|factura * de nuevo|listado de facturas
    |fattura * pdf|elenco delle partite|factuur * pdf|overzicht van * facturen|signed delivery note
    |lost the invoice|can we have * invoice|mail me|need the original|need * original|need a copy|list of * open
    |do not have * invoice|don't have * invoice|cannot find * invoice|can't find * invoice|is missing * invoice
    |invoice is missing|missing the invoice|send * statement|send us * again|send * list|duplicate of
    |invoice * attached missing|attachment was missing|fehlt die rechnung|zukommen lassen|nie angekommen
    |nicht angekommen|aufstellung * offen~|offenen posten|benotigen * lieferschein|brauchen * lieferschein
    |benotigen * rechnung|brauchen * rechnung|brauche * rechnung|brauche * kopie|anhang fehlt~
    |finde * rechnung * nicht|finden * rechnung * nicht|zweitschrift|saldenliste|parvenue|il nous faut|il me faut
    |bon de livraison|piece jointe manqu~|duplicata|a nouveau * facture|facture * a nouveau|retrouve pas * facture
    |besoin de * facture|besoin d'une copie|besoin du|no nos ha llegado|no me ha llegado|necesito la factura
    |necesitamos * factura|faltaba el adjunto|otra vez * factura|factura * otra vez|albaran|no encuentro * factura
    |no encontramos * factura|mai arrivata|non ci e arrivata|non e arrivata|mancava l'allegato|serve copia
    |di nuovo * fattura|non trovo * fattura|non troviamo|bolla di consegna|nooit bij ons|niet bij ons
    |missen de factuur|mis de factuur|bijlage ontbr~|kunt * nogmaals|afleverbon|pakbon|kan de factuur niet vinden
    |copia da fatura|recebemos a fatura|kopii faktury|kopia av fakturan|inte fatt fakturan`,
  contact_change: `use * for * invoices|invoices * from now on|address all reminders|richten sie * schreiben
    |adresse * verwenden
    |rechnungen * kunftig|rechnungen * ab sofort|factures * desormais|facturas * ahora|fatture * ora
    |facturen * voortaan
    |faktury na adres|fakturor till|invoices go to|has taken over|update your records|new billing
    |handles payments|handles invoices|handles * now
    |use * for * invoices|moved to a new|new mailbox|new e-mail|new mail address|new accountant|is now responsible
    |now responsible|deals with * now|successor|instead of me|left the team|left the * team|different department
    |no longer * department|no longer in charge|ab * zustandig|ist * zustandig|jetzt zustandig|lautet jetzt
    |lautet * neu|abteilung gewechselt|ansprechpartner ist|ansprechpartnerin ist|in ihren verteiler
    |neue rechnungsadresse|neue anschrift|nachfolger~|ubernommen|im ruhestand|s'occupe desormais|s'occupe maintenant
    |mettre a jour * adresse|interlocut~ est|change de service|nouvelle adresse|parti~ a la retraite
    |ne fait plus partie|ne travaille plus|ahora se encarga|actualicen|actualizar * direccion
    |cambiado de departamento|nuevo responsable|se ha jubilado|nueva direccion|ora si occupa|aggiornare * indirizzo
    |cambiato ufficio|nuovo responsabile|in pensione|si occupa ora|behandelt nu|factuuradres|andere afdeling
    |nieuwe contact~|opvolger|overgenomen|met pensioen|novo endereco|ny adress`,
  insolvency: `opened proceedings|ceased trading|no means left|bankruptcy|insolvency|creditors' meeting
    |creditors meeting
    |liquidat~|amtsgericht|geschaftsbetrieb eingestellt|vorlaufigen verwalter|insolvenz~|eroffnung des verfahrens
    |verfahren eroffnet|sachwalter|schutzschirm~|eigenverwaltung|tribunal a prononce|cessation de paiement~
    |redressement|plan de sauvegarde|procedure collective|declarado el concurso|concurso|quiebra|insolvent~
    |en liquidacion|tribunale ha aperto|insolvente|in liquidazione|concordato|fallit~|faillissement~|surseance
    |failliet~|insolvencia|upadlosc|konkurs`,
  stop: `delete my address|delete us|do not send me|don't send me|do not send us|no longer wish to receive
    |leave me alone
    |stop mailing|stop writing|opt out|off your list|from your list|mailing list|no further * mails
    |no further reminders|loschen sie|nicht mehr angeschrieben|keine mails|lassen sie mich in ruhe|ne souhaite plus
    |ne souhaitons plus|ne veux plus|effacez|ne m'envoyez plus|ne nous envoyez plus|liste de diffusion
    |no quiero recibir|no queremos recibir|borren|dejen de|no me manden mas|non desidero piu|non vogliamo piu
    |non voglio piu|toglietemi|rimuovetemi|smettete|geen berichten|niet meer ontvangen|van de lijst|uit uw bestand
    |nao quero receber|usunac moj|sluta skicka`,
};
