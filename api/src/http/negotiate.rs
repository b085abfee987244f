//! Which of the two media types of GraphQL over HTTP a client wants.

/// A media type that a GraphQL response can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MediaType {
    /// `application/graphql-response+json`: the HTTP status says whether there is data.
    Response,
    /// `application/json`, from before that: 200 for all that is well-formed GraphQL over HTTP.
    Json,
}

impl MediaType {
    /// For the Content-Type header.
    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::Response => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    const fn essence(self) -> &'static str {
        match self {
            Self::Response => "application/graphql-response+json",
            Self::Json => "application/json",
        }
    }
}

/// The media type that fits the Accept header best, or none when it allows neither.
///
/// A client that names none (`*/*`, or no header) may well know only JSON. When both are named and equally
/// welcome it is the newer one.
pub(super) fn negotiate(accept: Option<&str>) -> Option<MediaType> {
    let Some(accept) = accept.filter(|accept| !accept.trim().is_empty()) else {
        return Some(MediaType::Json);
    };
    let ranges: Vec<Range> = accept.split(',').filter_map(Range::parse).collect();
    let response = best(&ranges, MediaType::Response);
    let json = best(&ranges, MediaType::Json);
    match (response.filter(|match_| match_.quality > 0), json.filter(|match_| match_.quality > 0)) {
        (None, None) => None,
        (Some(_), None) => Some(MediaType::Response),
        (None, Some(_)) => Some(MediaType::Json),
        (Some(response), Some(json)) if response.quality > json.quality => {
            Some(MediaType::Response)
        }
        (Some(response), Some(json)) if response.quality == json.quality && response.named => {
            Some(MediaType::Response)
        }
        (Some(_), Some(_)) => Some(MediaType::Json),
    }
}

/// Whether an Accept header names that media type as welcome.
pub(super) fn accepts(accept: &str, essence: &str) -> bool {
    let mut ranges = accept.split(',').filter_map(Range::parse);
    ranges.any(|range| range.essence.eq_ignore_ascii_case(essence) && range.quality > 0)
}

#[derive(Clone, Copy)]
struct Match {
    quality: u16,
    named: bool,
}

/// The most specific range decides, as RFC 9110 has it.
fn best(ranges: &[Range], media: MediaType) -> Option<Match> {
    let matching = ranges.iter().filter_map(|range| {
        range.specificity(media).map(|specificity| (specificity, range.quality))
    });
    matching.max().map(|(specificity, quality)| Match { quality, named: specificity == 2 })
}

/// One element of an Accept header.
struct Range<'a> {
    essence: &'a str,
    /// In thousandths.
    quality: u16,
}

impl<'a> Range<'a> {
    /// Nothing when it asks for an encoding that we do not write.
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let mut range = Self { essence: parts.next()?, quality: 1000 };
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let value = value.trim().trim_matches('"');
            if name.trim().eq_ignore_ascii_case("q") {
                range.quality = quality(value);
            } else if name.trim().eq_ignore_ascii_case("charset")
                && !value.eq_ignore_ascii_case("utf-8")
            {
                return None;
            }
        }
        Some(range)
    }

    fn specificity(&self, media: MediaType) -> Option<u8> {
        if self.essence.eq_ignore_ascii_case(media.essence()) {
            Some(2)
        } else if self.essence.eq_ignore_ascii_case("application/*") {
            Some(1)
        } else {
            (self.essence == "*/*").then_some(0)
        }
    }
}

fn quality(text: &str) -> u16 {
    let parsed: f32 = text.parse().unwrap_or(1.0);
    // A NaN becomes 0; what is within 0 and 1 loses nothing that counts.
    (parsed.clamp(0.0, 1.0) * 1000.0) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_fit_is_chosen() {
        use MediaType::{Json, Response};
        for (accept, expected) in [
            (None, Some(Json)),
            (Some(""), Some(Json)),
            (Some("*/*"), Some(Json)),
            (Some("application/*"), Some(Json)),
            (Some("application/json"), Some(Json)),
            (Some("APPLICATION/JSON"), Some(Json)),
            (Some("application/json; charset=utf-8"), Some(Json)),
            (Some("application/json; charset=\"UTF-8\""), Some(Json)),
            (Some("application/json; charset=iso-8859-1"), None),
            (Some("application/graphql-response+json"), Some(Response)),
            (
                Some(
                    "application/graphql-response+json; charset=utf-8, application/json; charset=utf-8",
                ),
                Some(Response),
            ),
            (Some("application/json, application/graphql-response+json"), Some(Response)),
            (Some("application/graphql-response+json;q=0.5, application/json"), Some(Json)),
            (Some("application/graphql-response+json, application/json;q=0.9"), Some(Response)),
            (Some("application/graphql-response+json;q=0.5, */*;q=0.1"), Some(Response)),
            (Some("application/graphql-response+json;q=0, */*"), Some(Json)),
            (Some("application/json;q=0, */*"), Some(Response)),
            (Some("application/json;q=0"), None),
            (Some("application/json;q=NaN"), None),
            (Some("*/*;q=0"), None),
            (Some("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), Some(Json)),
            (Some("text/html"), None),
            (Some("text/html, text/plain"), None),
            (Some("application/xml"), None),
            (Some(";;;,,,"), None),
        ] {
            assert_eq!(negotiate(accept), expected, "{accept:?}");
        }
    }
}
