// A page of a long job asks for its progress now and then, and loads itself anew once it is over.
//
// <div data-progress="address">: the piece of the page that the address answers with. 204 = over.
// Without this script the page has a link to its latest state.

const FIRST = 1_000;
const LATER = 3_000;

async function ask(place) {
  try {
    const answer = await fetch(place.dataset.progress, { headers: { "X-Requested-With": "fetch" } });
    if (answer.status === 204 || answer.redirected) return location.reload();
    if (answer.ok) {
      const text = await answer.text();
      const piece = document.createRange().createContextualFragment(text);
      place.replaceChildren(piece);
      // Interrupted: the buttons beside it have to be made anew.
      if (place.querySelector("[role=alert]")) return location.reload();
    }
  } catch {
    // No connection for the moment: the next turn will tell.
  }
  return setTimeout(ask, LATER, place);
}

for (const place of document.querySelectorAll("[data-progress]")) {
  if (!place.querySelector("[role=alert]")) setTimeout(ask, FIRST, place);
}
