// What this app uses of the global `kiosk`; `kiosk api --typescript` prints all of it.
declare const kiosk: {readonly language?: string};
