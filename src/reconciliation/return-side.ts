// Which line of the bank shows a return that was recorded by hand, where the bank does not name it. Joined by itself only where
// neither could be anything else; else a person chooses.

/** A line of exactly what came back, from or to the account of the payment, in the days around. */
export type ReturnFit = { readonly lineId: string; readonly paymentId: string };

/**
 * Days between the day that was recorded and the day the bank booked: banks tell of a return some working days before or after
 * they book it, and no payment of the same sum is expected back twice within them.
 */
export const RETURN_SIDE_DAYS = 10;

/** The pairs of which the line fits no other return, and the return no other line. */
export function certainSides(fits: readonly ReturnFit[]): readonly ReturnFit[] {
  const ofLine = Map.groupBy(fits, (fit) => fit.lineId);
  const ofPayment = Map.groupBy(fits, (fit) => fit.paymentId);
  return fits.filter(
    ({ lineId, paymentId }) => ofLine.get(lineId)?.length === 1 && ofPayment.get(paymentId)?.length === 1,
  );
}
