// What the post office knows. A real app would ask its server; the sample carries its answers.

import parcels from '../data/parcels.json';
import orders from '../data/orders.json';
import type {Language} from './texts';

export type EventKind = 'accepted' | 'exported' | 'sorted' | 'atCustoms' | 'awaiting' | 'delivered';

export interface ParcelEvent {
  at: string;  ///< ISO 8601 with the offset of the place
  what: EventKind;
  where: Record<Language, string>;
}

/// An order that the merchant signed: the app passes the token on and cannot change it.
export interface Order {
  id: string;
  amountMinor: number;
  currency: string;
  token: string;
}

export interface Parcel {
  number: string;
  from: Record<Language, string>;
  to: Record<Language, string>;
  weightGrams: number;
  events: ParcelEvent[];
  customsOrder?: string;
}

export function findParcel(number: string): Parcel | undefined {
  return (parcels as Parcel[]).find(parcel => parcel.number === number);
}

/// The customs fee that is due for `parcel`, if one is.
export function customsOrder(parcel: Parcel): Order | undefined {
  return (orders as Order[]).find(order => order.id === parcel.customsOrder);
}

export function lastEvent(parcel: Parcel): ParcelEvent {
  return parcel.events[parcel.events.length - 1]!;
}
