package io.greenlane.rehearsal.stepfunctions;

import io.greenlane.rehearsal.asl.Activities;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.sfn.model.ActivityDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ActivityListItem;
import software.amazon.awssdk.services.sfn.model.CreateActivityRequest;
import software.amazon.awssdk.services.sfn.model.CreateActivityResponse;
import software.amazon.awssdk.services.sfn.model.DescribeActivityResponse;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskRequest;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskResponse;
import software.amazon.awssdk.services.sfn.model.ListActivitiesRequest;
import software.amazon.awssdk.services.sfn.model.ListActivitiesResponse;

/** Activities: work that is fetched by workers. */
final class ActivityApi {
    private final Account account;
    private final Timeline timeline;
    private final Activities activities;
    private final Map<String, Instant> created = new LinkedHashMap<>();

    ActivityApi(Account account, Timeline timeline, Activities activities) {
        this.account = account;
        this.timeline = timeline;
        this.activities = activities;
    }

    /** Makes it; making it again changes nothing. */
    CreateActivityResponse create(CreateActivityRequest request) {
        Names.check(String.valueOf(request.name()));
        String arn = account.arn("states", "activity:" + request.name());
        activities.create(arn);
        return CreateActivityResponse.builder().activityArn(arn)
                .creationDate(created.computeIfAbsent(arn, same -> timeline.now())).build();
    }

    DescribeActivityResponse describe(String arn) {
        Instant date = created.get(arn);
        if (date == null) {
            throw unknown(arn);
        }
        return DescribeActivityResponse.builder().activityArn(arn).name(name(arn)).creationDate(date).build();
    }

    ListActivitiesResponse list(ListActivitiesRequest request) {
        Pages<Map.Entry<String, Instant>> page = Pages.of(new ArrayList<>(created.entrySet()), request.maxResults(),
                request.nextToken());
        return ListActivitiesResponse.builder()
                .activities(
                        page.map(one -> ActivityListItem.builder().activityArn(one.getKey()).name(name(one.getKey()))
                                .creationDate(one.getValue()).build()))
                .nextToken(page.nextToken()).build();
    }

    void delete(String arn) {
        created.remove(arn);
        activities.delete(arn);
    }

    boolean exists(String arn) {
        return created.containsKey(arn);
    }

    /** The next task, or an empty answer at once; AWS holds the request for up to 60 seconds. */
    GetActivityTaskResponse next(GetActivityTaskRequest request) {
        if (!exists(String.valueOf(request.activityArn()))) {
            throw unknown(String.valueOf(request.activityArn()));
        }
        return activities.take(request.activityArn()).map(task -> {
            task.started().accept(request.workerName());
            return GetActivityTaskResponse.builder().taskToken(task.token()).input(task.input()).build();
        }).orElseGet(() -> GetActivityTaskResponse.builder().build());
    }

    private static String name(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    private static ActivityDoesNotExistException unknown(String arn) {
        return ActivityDoesNotExistException.builder().message("Activity Does Not Exist: '" + arn + "'").build();
    }
}
