//! Data that every page is given.

use std::sync::Arc;

use ::pages::form::{self, Form};
use http::Method;
use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::{AuditEntry, Did, Error, People, Reader};
use rules::http::Request;
use rules::id::DossierId;
use scans::{Papers, Scans};

use super::layout::Frame;
use super::problem::Problem;
use crate::permission::{Permission, Staff};

/// A request of somebody who is signed in, and all that is needed to answer it.
#[derive(Clone, Copy)]
pub(crate) struct Visit<'a> {
    /// The office.
    pub site: &'a Site,
    /// Access to the scans of papers.
    pub scans: &'a Scans,
    /// Member of staff who asks.
    pub staff: &'a Staff,
    /// The frame of the page.
    pub frame: &'a Frame,
    /// The request.
    pub request: &'a Request,
    /// Time of the request.
    pub now: Timestamp,
}

impl Visit<'_> {
    /// The fields of the query.
    pub(crate) fn asked(&self) -> Form {
        Form::of_query(self.request)
    }

    /// Whether the request reads and sends nothing.
    pub(crate) fn reads(&self) -> bool {
        *self.request.method() == Method::GET || *self.request.method() == Method::HEAD
    }

    /// Checks that the page is only looked at.
    ///
    /// # Errors
    /// As [`Visit::sent`], and [`Problem::Method`] if a form of this session is sent to it.
    pub(crate) fn only_reads(&self) -> Result<(), Problem> {
        self.sent()?.map_or(Ok(()), |_| Err(Problem::Method))
    }

    /// The form of a POST, once it is known to be this session's own; `None` if the page is looked at.
    ///
    /// # Errors
    /// [`Problem::Method`], [`Problem::Form`].
    pub(crate) fn sent(&self) -> Result<Option<Form>, Problem> {
        if self.reads() {
            return Ok(None);
        }
        if *self.request.method() != Method::POST {
            return Err(Problem::Method);
        }
        let form = Form::of(self.request)?;
        self.is_own(form.get("csrf"))?;
        Ok(Some(form))
    }

    /// The form of a page that only takes one.
    ///
    /// # Errors
    /// As [`Visit::sent`], and [`Problem::Method`] if the page is looked at.
    pub(crate) fn must_send(&self) -> Result<Form, Problem> {
        self.sent()?.ok_or(Problem::Method)
    }

    /// Whether a form carries this session's own secret.
    ///
    /// # Errors
    /// [`Problem::Form`].
    pub(crate) fn is_own(&self, csrf: Option<&str>) -> Result<(), Problem> {
        Ok(form::is_own(&self.frame.csrf, csrf)?)
    }

    /// Checks that the member of staff has the permission that the page needs.
    ///
    /// # Errors
    /// [`Problem::NotAllowed`].
    pub(crate) fn needs(&self, permission: Permission) -> Result<(), Problem> {
        Ok(self.staff.needs(permission)?)
    }

    /// The directory of the visitor's agency, for names instead of accounts.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub(crate) async fn people(&self) -> Result<Arc<People>, Error> {
        self.site.recorder.store().people(&self.staff.agency, self.now).await
    }

    /// The bucket of scans, if the office keeps any.
    pub(crate) fn papers(&self) -> Option<Papers> {
        self.scans.bucket(&self.site.config)
    }

    /// Writes an entry before anything is shown: what cannot be audited is not shown.
    ///
    /// # Errors
    /// [`Problem::Later`].
    pub(crate) async fn audits(&self, did: Did) -> Result<(), Problem> {
        self.audits_of(did, &[]).await
    }

    /// The same for a page about dossiers that the act does not name.
    ///
    /// # Errors
    /// [`Problem::Later`].
    pub(crate) async fn audits_of(&self, did: Did, dossiers: &[DossierId]) -> Result<(), Problem> {
        let reader = Reader { role: Some(self.staff.role().name()), dossiers };
        Ok(self.site.recorder.store().audit_by(&self.staff.agency, &self.entry(did), reader).await?)
    }

    /// Notes a refusal. It stands, whether it can be noted or not.
    pub(crate) async fn notes(&self, did: Did) {
        if let Err(error) = self.audits(did).await {
            tracing::error!(%error, "a refusal that was not audited");
        }
    }

    /// An entry of the audit about this member of staff now.
    pub(crate) fn entry(&self, did: Did) -> AuditEntry {
        AuditEntry { at: self.now, who: self.staff.subject.clone(), did }
    }
}
