from datetime import timedelta

from tests.conftest import Homestead

BODY = {
    "kind": "found",
    "species": "dog",
    "title": "Brown dog",
    "text": "By the park",
    "event_at": "2026-11-20T11:30:00Z",
    "place": {"latitude": 50.0612, "longitude": 19.9387},
    "contact": {"email": "finder@example.org"},
    "secret_mark": "a white toe",
}


def test_an_announcement_is_on_the_map_with_the_next_query(homestead: Homestead) -> None:
    created = homestead.client.post("/api/announcements", BODY)
    assert created.status == 201, created.body
    found = homestead.client.get("/api/announcements", bbox="19.9,50.0,20.0,50.1")
    assert found.status == 200, found.body
    assert [feature["id"] for feature in found.json["features"]] == [created.json["id"]]
    assert found.json["numberMatched"] == 1


def test_life(homestead: Homestead) -> None:
    c = homestead.client
    created = c.post("/api/announcements", BODY).json
    path, token = f"/api/announcements/{created['id']}", created["manage_token"]
    public = c.get(path)
    assert public.status == 200
    assert "contact" not in public.json
    assert c.get(path, token=token).json["contact"]["email"] == "finder@example.org"
    assert c.get(path, token="x").status == 403
    assert c.patch(path, {"title": "Red dog"}).status == 401
    changed = c.patch(path, {"title": "Red dog", "place": {"latitude": 51.0, "longitude": 0.1}}, token=token)
    assert changed.status == 200, changed.body
    for box in ("-180,-90,180,90", "0,50,1,52", "-10,40,30,60", "0.09,50.99,0.11,51.01"):
        found = c.get("/api/announcements", bbox=box, datetime="2026-11-01/..").json
        assert [f["properties"]["title"] for f in found["features"]] == ["Red dog"], box
    assert c.post(path + "/reunited", token=token).json["status"] == "reunited"
    assert c.patch(path, {"title": "Red dog"}, token=token).status == 409
    homestead.clock.move(timedelta(days=15))
    assert c.get("/api/announcements").json["features"] == []
    assert c.get(path).status == 410
    assert c.post(path + "/renew", token=token).json["status"] == "active"
    assert len(c.get("/api/announcements").json["features"]) == 1
    assert c.delete(path, token=token).status == 204
    assert c.delete(path, token=token).status == 204
    assert c.get(path).status == 410
    assert c.get("/api/announcements").json["features"] == []
