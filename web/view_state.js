// A reload keeps the view: what was typed and chosen stands in history.state, nowhere else.
const QUIET = 400; // ms without a change
let timer = 0;

// {model, change}: change is what explorer.set takes. Null where there is nothing, or nothing of ours.
export function kept_view() {
  try {
    const { view } = history.state ?? {};
    return typeof view?.change?.text === 'string' ? view : null;
  } catch {
    return null; // a sandboxed frame may refuse
  }
}

// The change that leads to the explorer's state.
export function change_of(state) {
  return {
    text: state.text,
    ...(state.idsGiven && { ids: state.tokens.map(({ id }) => id) }),
    position: state.positionChosen ? state.position : null,
    target: state.targetChosen ? state.target.id : null,
    against: state.against,
    cuts: state.cuts,
    frozen: state.frozen,
    ...(state.headChosen && { head: state.head }),
  };
}

export function keep_view(model, state) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    try {
      history.replaceState({ ...history.state, view: { model, change: change_of(state) } }, '');
    } catch {
      // Without a place to keep it, a reload starts anew.
    }
  }, QUIET);
}
