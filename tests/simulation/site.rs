//! Where a call is made: which function, on the way through what, to which service, for what.

/// One outbound call of one function's story. The tries at one call are one site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site {
    pub function: String,
    /// `POST /sok`, `event`, or `start` for what a function does before its first event.
    pub route: String,
    pub service: &'static str,
    /// `GetItem`, `POST /token`.
    pub operation: String,
    /// Which of several of this operation, from 1.
    pub nth: usize,
}

impl std::fmt::Display for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { function, route, service, operation, nth } = self;
        write!(f, "{function} {route} → {service} {operation}")?;
        if *nth > 1 { write!(f, " ({nth})") } else { Ok(()) }
    }
}

/// The calls that one step has made so far, to number the next.
#[derive(Default)]
pub struct Calls {
    /// Calls of the step, tries at one call counted each.
    pub made: usize,
    /// Site and fingerprint of those of the invocation that is under way.
    known: Vec<(Site, u64)>,
    /// Whose they are: the id of the invocation.
    of: usize,
}

impl Calls {
    /// The site of a call that has just arrived.
    pub fn site(
        &mut self,
        (invocation, function, route): (usize, &str, &str),
        (service, operation, fingerprint): (&'static str, &str, u64),
    ) -> Site {
        if self.of != invocation {
            self.known.clear();
            self.of = invocation;
        }
        if let Some((site, _)) = self.known.iter().find(|(site, of)| {
            *of == fingerprint && site.service == service && site.operation == operation
        }) {
            return site.clone();
        }
        let like_it = self
            .known
            .iter()
            .filter(|(site, _)| site.service == service && site.operation == operation);
        let site = Site {
            function: function.to_owned(),
            route: route.to_owned(),
            service,
            operation: operation.to_owned(),
            nth: 1 + like_it.count(),
        };
        self.known.push((site.clone(), fingerprint));
        site
    }
}
