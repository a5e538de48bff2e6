// HTTP of offers: contract to command or reading, one line each.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { acceptOffer, withdrawOffer } from './answer-offer.ts';
import * as contract from './contract.ts';
import { makeOffer } from './make-offer.ts';
import { readOfferPage, readQuotes } from './read-offers.ts';

export const routes: readonly Route[] = [
  route(contract.quoteDiscountOffer, ({ door, context, body }) =>
    readSnapshot(door, context, (tx) => readQuotes(tx, context, body)),
  ),

  route(contract.makeDiscountOffer, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, makeOffer, body, { commandId, rehearse }),
  ),

  route(contract.listDiscountOffers, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readOfferPage(tx, context, query)),
  ),

  route(contract.acceptDiscountOffer, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, acceptOffer, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.withdrawDiscountOffer, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, withdrawOffer, params, { commandId, rehearse }),
  ),
];
