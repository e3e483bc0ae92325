"""People who sign in, the organizations they work for, and the keys of their programs."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from exportcheck.accounts.roles import DESK_ROLES, EXPORTER_ROLES, RoleName


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user with a hashed password; None makes it unusable."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Django's own command; the account may enter the admin site and gets its role like anyone."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """E-mail addresses are one whatever their case."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Roles are groups; the organization comes from the membership."""

    email = models.EmailField("e-mail address", max_length=254, unique=True)
    full_name = models.CharField("name", max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField("may enter the desk", default=False)
    date_joined = models.DateTimeField(default=timezone.now)
    sessions_ended = models.PositiveIntegerField(default=0)
    """How often everything the person was signed in with was ended at once."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        ordering = ("email",)
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_once"),)

    def __str__(self) -> str:
        return self.full_name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must carry to be the person's (Django compares it on each request): the password, and that sessions
        were not ended since. A person whose sessions never were keeps Django's own value, and stays signed in."""
        hashed: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]  # Django's hook has no public name
        return salted_hmac(hashed, str(self.sessions_ended), secret=secret).hexdigest() if self.sessions_ended else hashed

    def get_full_name(self) -> str:
        """Name shown where there is one, else the address."""
        return str(self)

    def get_short_name(self) -> str:
        """First word of the name."""
        return str(self).split(" ")[0]

    @property
    def roles(self) -> frozenset[RoleName]:
        """Roles held, read once an instance."""
        held: frozenset[RoleName] | None = self.__dict__.get("_roles")
        if held is None:
            names = set(self.groups.values_list("name", flat=True)) if self.pk else set()
            held = self.__dict__["_roles"] = frozenset(role for role in RoleName if role.value in names)
        return held

    def has_role(self, *roles: RoleName) -> bool:
        """Whether an active user holds one of the roles."""
        return self.is_active and not self.roles.isdisjoint(roles)

    @property
    def is_exporter(self) -> bool:
        """Works on the exporter's side."""
        return not self.roles.isdisjoint(EXPORTER_ROLES)

    @property
    def is_desk(self) -> bool:
        """Works at the desk."""
        return not self.roles.isdisjoint(DESK_ROLES)

    @property
    def organization(self) -> Organization | None:
        """Organization of the (only) membership, None for people of the desk."""
        membership: Membership | None = getattr(self, "membership", None)
        return membership.organization if membership else None

    @property
    def organization_id(self) -> int | None:
        """Its key: whose lists this person's parties are screened against."""
        membership: Membership | None = getattr(self, "membership", None)
        return membership.organization_id if membership else None


class Organization(models.Model):
    """An exporting organization: the tenant. Its rows are never seen by another one."""

    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Who works for which organization; one organization a person."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="membership")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="memberships")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.user} at {self.organization}"


class ApiToken(models.Model):
    """A key of one organization's program: stored hashed, scoped, expiring, revocable; it never decides or activates."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12)
    key_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"
